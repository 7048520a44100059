package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whichflops.cli.CountedFiles.Cause;
import org.whichflops.cli.CountedFiles.Outcome;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;

/**
 * What a convention makes of a Keras model against what Keras and TensorFlow said of it: the table
 * of docs/formats.md, which must say what comes out here.
 */
class KerasCountsTest {
  private static final Conventions CONVENTIONS = Conventions.installed();
  private static final String FOLDER = "/org/whichflops/format/keras/";
  private static final String FROZEN = "tf-profiler";
  private static final String UNFROZEN = "tf-profiler(graph=unfrozen)";

  /** Stands for all files where nothing is known of any. */
  private static final String ANY = "any";

  /** Why a count differs: the kind of file, conventions, models and the page's number. */
  private static final List<Cause> CAUSES =
      List.of(
          new Cause(0, "tf-profiler.*", Set.of("nested_ops"), 1),
          new Cause(
              0, "2?mac", Set.of("conv3d_mixed", "convs", "seq_cnn", "text_rnn", "nested_ops"), 2),
          new Cause(0, ".*", Set.of(ANY), 3));

  private static final CountedFiles COUNTED = count();

  /** What is known of a model: at a batch of 1, and frozen at a batch of 3. */
  private record Model(
      String name, long parameters, long frozen, long unfrozen, long frozenAt3, long products) {}

  private static List<Model> models() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource("totals.csv"), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              row ->
                  new Model(
                      row[0],
                      Long.parseLong(row[1]),
                      Long.parseLong(row[3]),
                      Long.parseLong(row[4]),
                      Long.parseLong(row[5]),
                      Long.parseLong(row[6])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(KerasCountsTest.class.getResourceAsStream(FOLDER + name), name);
  }

  private static Network network(String model) {
    try (InputStream stream = resource(model + ".keras");
        Content content = Content.of(model + ".keras", stream)) {
      return ModelFiles.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shape input(String model, Network network, long batch) {
    return model.equals("dyn_cnn") ? network.input().at(batch, 96, 80) : network.input().at(batch);
  }

  private static CountedFiles count() {
    CountedFiles counted = new CountedFiles(List.of("Keras 3"), CAUSES);
    Map<String, Long> others = new HashMap<>();
    for (Model model : models()) {
      Network network = network(model.name());
      TrueCounts.Counted count = new TrueCounts.Counted(network);
      Shape one = input(model.name(), network, 1);
      Shape three = input(model.name(), network, 3);
      counted.add(
          CountedFiles.PARAMETERS,
          0,
          model.name(),
          OptionalLong.of(network.parameters()),
          model.parameters());
      add(counted, FROZEN, model.name(), count, one, model.frozen());
      add(counted, FROZEN, model.name(), count, three, model.frozenAt3());
      add(counted, UNFROZEN, model.name(), count, one, model.unfrozen());
      add(counted, "2mac", model.name(), count, one, model.products());
      add(counted, "mac", model.name(), count, one, model.products() / 2);
      for (String id : CONVENTIONS.ids()) {
        try {
          count
              .total(CONVENTIONS.find(id), one)
              .ifPresent(total -> others.merge(id, total, Long::sum));
        } catch (ToolFailureException e) {
          // it says so in the table of counts
        }
      }
    }
    Set<String> known = counted.compared();
    for (String id : CONVENTIONS.ids()) {
      if (others.containsKey(id) && !known.contains(id)) {
        counted.add(id, 0, ANY, others.get(id) == 0 ? Outcome.NOTHING : Outcome.UNCOMPARED);
      }
    }
    return counted;
  }

  private static void add(
      CountedFiles counted,
      String id,
      String model,
      TrueCounts.Counted count,
      Shape input,
      long expected) {
    counted.add(id, 0, model, count.total(CONVENTIONS.find(id), input), expected);
  }

  @Test
  void documentation_saysWhatComesOutOfTheFiles() throws IOException {
    COUNTED.assertPage(Files.readString(Path.of("../../docs/formats.md")));
  }

  @Test
  void files_areTheModelsThatKerasWasAskedAbout() {
    assertThat(models()).hasSize(13);
    assertThat(COUNTED.models(FROZEN, 0)).isEqualTo(13);
  }
}
