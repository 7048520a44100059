package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.format.description.Conversion;
import org.whichflops.format.description.DescriptionFormat;
import org.whichflops.zoo.Zoo;

/**
 * One model counts the same from the zoo, from a {@code .pt2}, from an ONNX file and from its JSON
 * description. Where an exporter folded batch norms, what they count is left out of the others.
 */
class SameModelTest {
  private static final Conventions CONVENTIONS = Conventions.installed();
  private static final List<String> COUNTED =
      List.of("mac", "exact", "fvcore", "torch-flop-counter");

  /** Every ONNX file of a model in the zoo. */
  private static List<String> files() {
    return OnnxFiles.names().stream()
        .filter(
            file ->
                Zoo.architectures().stream().anyMatch(a -> a.name().equals(OnnxFiles.model(file))))
        .toList();
  }

  /** The same model in every other form there is of it. */
  private static Map<String, Network> others(String model) {
    Map<String, Network> others = new LinkedHashMap<>();
    others.put("zoo", Zoo.build(model));
    URL exported =
        SameModelTest.class.getResource(
            "/org/whichflops/format/pt2/torch2.6." + model + ".static.pt2");
    if (exported != null) {
      try (Content content = Content.of(Path.of(exported.toURI()))) {
        others.put("pt2", ModelFiles.read(content));
      } catch (IOException | URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    others.put("json", described(Zoo.build(model)));
    return others;
  }

  private static Network described(Network network) {
    byte[] json = Conversion.describe(network).getBytes(StandardCharsets.UTF_8);
    try (Content content = Content.of("net.json", new ByteArrayInputStream(json))) {
      return new DescriptionFormat(Zoo::build).read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> totals_ofOneModel_areTheSameFromEveryForm() {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Map<String, Network>> known = new LinkedHashMap<>();
    for (String file : files()) {
      String model = OnnxFiles.model(file);
      Network onnx = OnnxFiles.network(file);
      Shape input = onnx.input().shape();
      known
          .computeIfAbsent(model, SameModelTest::others)
          .forEach(
              (form, network) -> {
                if (form.equals("pt2") && !network.input().shape().equals(input)) {
                  return; // a static export, for one input
                }
                tests.add(
                    dynamicTest(file + " and " + form, () -> compare(file, onnx, network, input)));
              });
    }
    return tests.stream();
  }

  private static void compare(String file, Network onnx, Network other, Shape input) {
    Map<Mode, ForwardPass> read = new HashMap<>();
    Map<Mode, ForwardPass> run = new HashMap<>();
    boolean folded = OnnxFiles.folded(file);
    for (String id : COUNTED) {
      // A folded batch norm leaves a bias, which exact counts; its option says the same of a model.
      Convention convention =
          CONVENTIONS.find(folded && id.equals("exact") ? "exact(bn=folded)" : id);
      Mode mode = convention.mode();
      ForwardPass ofFile = read.computeIfAbsent(mode, m -> onnx.forward(m, input));
      ForwardPass ofOther = run.computeIfAbsent(mode, m -> other.forward(m, input));
      long expected = convention.counter(other).total(ofOther);
      if (folded && id.equals("fvcore")) {
        expected -= batchNorms(convention, other, ofOther) - batchNorms(convention, onnx, ofFile);
      }
      assertThat(convention.counter(onnx).total(ofFile)).as(id).isEqualTo(expected);
    }
  }

  /** What a convention counts for batch norms. */
  private static long batchNorms(Convention convention, Network network, ForwardPass pass) {
    long sum = 0;
    for (Tally.Line line : convention.counter(network).tally(pass).lines()) {
      Call call = pass.call(line.call());
      if (call.callee().key().contains("batch_norm")) {
        sum += line.amount();
      }
    }
    return sum;
  }

  /** Hand-written networks, of which the zoo has none: two dynamic exports against each other. */
  @TestFactory
  Stream<DynamicTest> dynamicFiles_ofOneModel_areTheSameAtEveryInput() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] files :
        new String[][] {
          {"torch2.6.hand_unet.dynNHW4.pt2", "torch2.6.hand_unet.op17.eval.dynNHW.onnx"},
          {
            "torch2.6.hand_tiny_encoder.dynN.pt2", "torch2.6.hand_tiny_encoder.op17.eval.dynNT.onnx"
          },
          {"torch2.6.hand_lstm.dynNmax1024.pt2", "torch2.6.hand_lstm.op17.eval.dynN.onnx"}
        }) {
      Network pt2 = pt2(files[0]);
      Network onnx = OnnxFiles.network(files[1]);
      long[][] resolutions =
          pt2.input().hasResolution()
              ? new long[][] {{64, 64}, {96, 80}, {128, 160}, {192, 256}}
              : new long[][] {{0, 0}};
      for (long batch : new long[] {1, 2, 32}) {
        for (long[] size : resolutions) {
          Shape input =
              size[0] > 0 ? pt2.input().at(batch, size[0], size[1]) : pt2.input().at(batch);
          tests.add(
              dynamicTest(files[1] + " at " + input, () -> compare(files[1], onnx, pt2, input)));
        }
      }
    }
    return tests.stream();
  }

  private static Network pt2(String file) {
    URL exported = SameModelTest.class.getResource("/org/whichflops/format/pt2/" + file);
    try (Content content = Content.of(Path.of(exported.toURI()))) {
      return ModelFiles.read(content);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void models_areInAllForms() {
    assertThat(files()).hasSizeGreaterThan(50);
    for (String model : List.of("resnet18", "mobilenet_v2", "vit_b_16", "swin_t", "densenet121")) {
      assertThat(others(model)).as(model).containsOnlyKeys("zoo", "pt2", "json");
      assertThat(files()).anyMatch(file -> OnnxFiles.model(file).equals(model));
    }
  }
}
