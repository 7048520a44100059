package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.golden.GoldenTotals;

/**
 * A file counts as the model that it was exported from: every convention gives what its tool was
 * seen to return for that model.
 *
 * <p>Where a kind of file carries less than a convention counts, that is named here with its cause,
 * and in docs/formats.md.
 */
class FileCountsTest {
  private static final Conventions CONVENTIONS = Conventions.installed();
  private static final Map<String, Network> READ = new ConcurrentHashMap<>();

  /** What a tool returned. */
  private record Golden(
      String model, Shape input, String convention, String value, String params) {}

  /**
   * What does not come out exactly: part of a file's name, a convention's id without options, and
   * the words of docs/formats.md that say why. A convention that is not here is exact.
   */
  private record Inexact(String file, String convention, String why) {}

  private static final String EINSUM = "`torch.einsum` has lost its equation";

  private static final String UNUSED = "Parameters that no call uses";

  private static final List<Inexact> EXCEPTIONS =
      List.of(
          new Inexact("hand_mixed.core_aten", "fvcore", EINSUM),
          new Inexact("hand_mixed.core_aten", "deepspeed", EINSUM),
          new Inexact("hand_mixed.core_aten", "calflops", EINSUM),
          new Inexact("torch2.6.hand_mixed.static.pt2", "pytorch-model-summary", UNUSED),
          new Inexact("torch2.6.hand_mixed.static.pt2", "torchinfo", UNUSED),
          new Inexact("torch2.6.hand_mixed_nobil.static.pt2", "pytorch-model-summary", UNUSED),
          new Inexact("torch2.6.hand_mixed_nobil.static.pt2", "torchinfo", UNUSED),
          new Inexact("torch2.6.hand_mixed_oddself.static.pt2", "pytorch-model-summary", UNUSED),
          new Inexact("torch2.6.hand_mixed_oddself.static.pt2", "torchinfo", UNUSED));

  /**
   * Weights are cut off these files, and with them the parameters that nothing uses and which of
   * them are tied; whole files have both.
   */
  private static final List<String> WITHOUT_ALL_PARAMETERS =
      List.of(
          "torch2.6.googlenet.static.pt2",
          "torch2.6.inception_v3.static.pt2",
          "torch2.6.hand_mixed.static.pt2",
          "torch2.6.hand_mixed.nonstrict.pt2",
          "torch2.6.hand_mixed_nobil.static.pt2",
          "torch2.6.hand_mixed_oddself.static.pt2");

  /** Files of one input that no tool has counted. */
  private static final List<String> OTHER_INPUT =
      List.of("static_n3", "efficientnet_v2_s.static", "swin_v2_t.static");

  private static final List<Golden> GOLDEN = golden();

  private static List<Golden> golden() {
    List<Golden> all = new ArrayList<>();
    GoldenTotals.all().stream()
        .filter(total -> !total.failed())
        .forEach(
            total ->
                all.add(
                    new Golden(
                        total.model(),
                        Shape.of(total.batch(), 3, total.height(), total.width()),
                        total.convention(),
                        total.value(),
                        total.params())));
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.setNullValue("");
    settings.setMaxCharsPerColumn(-1);
    try (InputStream raw = resource("/org/whichflops/format/other-models.csv.gz")) {
      for (Record row :
          new CsvParser(settings)
              .parseAllRecords(new GZIPInputStream(raw), StandardCharsets.UTF_8)) {
        if (!row.getString("value").isEmpty()) {
          all.add(
              new Golden(
                  row.getString("model"),
                  shape(row.getString("input")),
                  row.getString("convention"),
                  row.getString("value"),
                  row.getString("params")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(all);
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(FileCountsTest.class.getResourceAsStream(name), name);
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  private static List<Path> files() {
    try (Stream<Path> files =
        Files.walk(
            Path.of(
                Objects.requireNonNull(
                        FileCountsTest.class.getResource("/org/whichflops/format/pt2"))
                    .toURI()))) {
      return files.filter(file -> file.toString().endsWith(".pt2")).sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String model(Path file) {
    return file.getFileName().toString().split("\\.", -1)[2];
  }

  private static Network network(Path file) {
    return READ.computeIfAbsent(
        file.toString(),
        name -> {
          try (Content content = Content.of(file)) {
            return ModelFiles.read(content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static boolean accepts(Network network, Shape input) {
    try {
      network.forward(Mode.DECOMPOSED, input);
      return true;
    } catch (ShapeException e) {
      return false;
    }
  }

  @TestFactory
  Stream<DynamicTest> total_ofFile_isWhatTheToolReturnedForItsModel() {
    return files().stream()
        .flatMap(
            file -> {
              Network network = network(file);
              return GOLDEN.stream()
                  .filter(golden -> golden.model().equals(model(file)))
                  .filter(golden -> accepts(network, golden.input()))
                  .map(
                      golden ->
                          dynamicTest(
                              "%s of %s at %s"
                                  .formatted(
                                      golden.convention(), file.getFileName(), golden.input()),
                              () -> compare(file, network, golden)));
            });
  }

  private static void compare(Path file, Network network, Golden golden) {
    Convention convention = CONVENTIONS.find(golden.convention());
    ForwardPass pass = network.forward(convention.mode(), golden.input());
    Counter counter = convention.counter(network);
    if (exception(file, golden) != null) {
      assertThat(total(counter, pass)).isNotEqualTo(OptionalLong.of(number(golden.value())));
      return;
    }
    assertThat(counter.total(pass)).isEqualTo(number(golden.value()));
    if (!golden.params().isEmpty()
        && !WITHOUT_ALL_PARAMETERS.contains(file.getFileName().toString())) {
      assertThat(counter.parameters(pass)).as("parameters").isEqualTo(number(golden.params()));
    }
  }

  /** Empty where a formula asks what the file does not tell, as the cell is then. */
  private static OptionalLong total(Counter counter, ForwardPass pass) {
    try {
      return OptionalLong.of(counter.total(pass));
    } catch (UnknownQuantityException e) {
      return OptionalLong.empty();
    }
  }

  private static Inexact exception(Path file, Golden golden) {
    return EXCEPTIONS.stream()
        .filter(e -> file.getFileName().toString().contains(e.file()))
        .filter(e -> golden.convention().replaceFirst("\\(.*", "").equals(e.convention()))
        .findFirst()
        .orElse(null);
  }

  private static long number(String text) {
    return new BigDecimal(text).longValueExact();
  }

  /** So that the test above cannot pass by refusing every input. */
  @Test
  void everyFile_whoseModelToolsHaveCounted_acceptsAnInputThatTheyCounted() {
    Set<String> counted = new HashSet<>();
    GOLDEN.forEach(golden -> counted.add(golden.model()));
    assertThat(files())
        .filteredOn(file -> counted.contains(model(file)))
        .filteredOn(file -> OTHER_INPUT.stream().noneMatch(file.toString()::contains))
        .hasSizeGreaterThan(60)
        .allSatisfy(
            file ->
                assertThat(GOLDEN)
                    .filteredOn(golden -> golden.model().equals(model(file)))
                    .anyMatch(golden -> accepts(network(file), golden.input())));
  }

  @Test
  void everyInexactisExplainedInTheDocumentation() throws IOException {
    String text = Files.readString(Path.of("../../docs/formats.md"));
    assertThat(EXCEPTIONS).allSatisfy(e -> assertThat(text).contains(e.why()));
    assertThat(text).contains("torch.export.save");
  }
}
