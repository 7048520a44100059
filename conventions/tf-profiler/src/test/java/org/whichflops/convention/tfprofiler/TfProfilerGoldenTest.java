package org.whichflops.convention.tfprofiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.zoo.Zoo;

/** Every node type of every profile against what TensorFlow returned. */
class TfProfilerGoldenTest {
  private static final Convention FROZEN = new TfProfilerFamily().conventions().get(0);

  /** One run of the profiler. */
  record Profile(String model, long batch, String graph, Map<String, Long> byOp) {
    @Override
    public String toString() {
      return "%s, batch %d, %s".formatted(model, batch, graph);
    }
  }

  static List<Profile> profiles() throws IOException {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    TfProfilerGoldenTest.class.getResourceAsStream("tf-float-ops-by-op.csv.gz")),
                StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(",", -1);
        if (TfProfilerGoldenTest.class.getResource(cells[0] + ".keras") != null) {
          profiles
              .computeIfAbsent(
                  cells[0] + cells[1] + cells[2],
                  key -> new Profile(cells[0], Long.parseLong(cells[1]), cells[2], new TreeMap<>()))
              .byOp()
              .put(cells[3], Long.parseLong(cells[4]));
        }
      }
    }
    return new ArrayList<>(profiles.values());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyNodeType_isTensorFlows(Profile profile) throws IOException {
    Network network = read(profile.model());
    Shape input =
        profile.model().equals("dyn_cnn")
            ? network.input().at(profile.batch(), 96, 80)
            : network.input().at(profile.batch());
    Convention convention = FROZEN.with("graph", profile.graph());
    ForwardPass pass = network.forward(convention.mode(), input);
    Counter counter = convention.counter(network);
    Tally tally = counter.tally(pass);
    Map<String, Long> byOp = new TreeMap<>();
    for (Tally.Line line : tally.lines()) {
      String key = pass.call(line.call()).callee().key();
      String op = key.substring("tf.".length()).replace("[mask]", "");
      byOp.merge(op, line.amount(), Long::sum);
    }
    if (profile.model().equals("nested_ops")) {
      // The file holds the Lambda's x * 2 as compiled Python, which nobody should run to find out.
      byOp.merge("Mul", 7 * profile.batch(), Long::sum);
      assertThat(network.note()).contains("layer 'lam' (Python code)");
    }
    assertThat(byOp).isEqualTo(profile.byOp());
    assertThat(counter.total(pass)).isEqualTo(tally.total());
  }

  @Test
  void sweep_overBatches_forgetsWhatWasUnknownBefore() throws IOException {
    Network network = read("text_rnn");
    ForwardPass pass = new ForwardPass(FROZEN.mode());
    Counter counter = FROZEN.counter(network);
    List<Long> totals = new ArrayList<>();
    for (long batch : new long[] {3, 1, 3}) {
      network.forward(pass, network.input().at(batch));
      totals.add(counter.total(pass));
    }
    assertThat(totals).containsExactly(40455L, 13354L, 40455L);
  }

  @Test
  void networkOfAnotherKind_isRefusedByName() {
    Network network = Zoo.build("alexnet");
    ForwardPass pass = network.forward(FROZEN.mode());
    assertThatThrownBy(() -> FROZEN.counter(network).total(pass))
        .isInstanceOf(ToolFailureException.class)
        .hasMessageContaining("give it a Keras model");
  }

  private static Network read(String model) throws IOException {
    String file = model + ".keras";
    try (InputStream stream = TfProfilerGoldenTest.class.getResourceAsStream(file);
        Content content = Content.of(file, stream)) {
      return ModelFiles.read(content);
    }
  }
}
