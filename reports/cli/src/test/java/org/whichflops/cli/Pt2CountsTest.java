package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.cli.CountedFiles.Cause;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;

/**
 * What a convention makes of a {@code .pt2} file against what is true of the model that it was
 * exported from: the table of docs/formats.md, which must say what comes out here.
 */
class Pt2CountsTest {
  private static final Conventions CONVENTIONS = Conventions.installed();
  private static final String FOLDER = "/org/whichflops/format/";
  private static final Map<String, Network> READ = new ConcurrentHashMap<>();

  private static final List<String> KINDS =
      List.of("strict export", "non-strict export", "after `run_decompositions()`");

  private static final int DECOMPOSED = 2;

  private static final Set<String> MIXED =
      Set.of("hand_mixed", "hand_mixed_nobil", "hand_mixed_oddself");

  /** Why a count differs: the kind of file, conventions, models and the page's number. */
  private static final List<Cause> CAUSES =
      List.of(
          new Cause(DECOMPOSED, "fvcore|(deepspeed|calflops).*", Set.of("hand_mixed"), 4),
          new Cause(-1, CountedFiles.PARAMETERS + "|pytorch-model-summary|torchinfo", MIXED, 5),
          new Cause(0, CountedFiles.PARAMETERS, Set.of("googlenet", "inception_v3"), 5),
          new Cause(0, "convnet-burden|netscope", Set.of("swin_v2_t"), 6),
          new Cause(0, "pytorch-model-summary", Set.of("maxvit_t"), 7));

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

  private static final CountedFiles COUNTED = count();

  static List<Path> files() {
    try (Stream<Path> files = Files.walk(path("pt2"))) {
      return files.filter(file -> file.toString().endsWith(".pt2")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Pt2CountsTest.class.getResource(FOLDER + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String model(Path file) {
    return file.getFileName().toString().split("\\.", -1)[2];
  }

  private static int kind(Path file) {
    String name = file.getFileName().toString();
    if (name.contains("core_aten")) {
      return DECOMPOSED;
    }
    boolean strict =
        name.startsWith("torch2.13") ? name.contains(".strict.") : !name.contains(".nonstrict.");
    return strict ? 0 : 1;
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

  private static CountedFiles count() {
    CountedFiles counted = new CountedFiles(KINDS, CAUSES);
    TrueCounts.conventions().forEach(counted::row);
    for (Path file : files()) {
      counted.compare(kind(file), model(file), network(file));
    }
    return counted;
  }

  @Test
  void documentation_saysWhatComesOutOfTheFiles() throws IOException {
    COUNTED.assertPage(Files.readString(Path.of("../../docs/formats.md")));
  }

  /** So that the table cannot be exact by refusing what tools counted. */
  @Test
  void everyFile_whoseModelToolsHaveCounted_acceptsAnInputThatTheyCounted() {
    assertThat(files())
        .filteredOn(file -> !TrueCounts.returnedFor(model(file)).isEmpty())
        .filteredOn(file -> OTHER_INPUT.stream().noneMatch(file.toString()::contains))
        .hasSizeGreaterThan(60)
        .allSatisfy(
            file -> {
              TrueCounts.Counted count = new TrueCounts.Counted(network(file));
              assertThat(TrueCounts.returnedFor(model(file)))
                  .anyMatch(expected -> count.takes(expected.input()));
            });
  }

  /** What a tool says of parameters is what its convention says of the file. */
  @TestFactory
  Stream<DynamicTest> parameters_ofFile_areWhatTheToolSaidOfItsModel() {
    return files().stream()
        .filter(file -> !WITHOUT_ALL_PARAMETERS.contains(file.getFileName().toString()))
        .map(file -> dynamicTest(file.getFileName().toString(), () -> compareParameters(file)));
  }

  private static void compareParameters(Path file) {
    TrueCounts.Counted count = new TrueCounts.Counted(network(file));
    for (TrueCounts.Count expected : TrueCounts.returnedFor(model(file))) {
      if (expected.parameters().isPresent() && count.takes(expected.input())) {
        Shape input = expected.input();
        assertThat(count.parameters(CONVENTIONS.find(expected.convention()), input))
            .as("%s at %s", expected.convention(), input)
            .isEqualTo(expected.parameters().getAsLong());
      }
    }
  }
}
