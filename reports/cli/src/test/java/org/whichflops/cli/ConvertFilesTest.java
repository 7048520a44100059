package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.format.description.Conversion;
import org.whichflops.format.description.DescriptionFormat;
import org.whichflops.zoo.Zoo;

/** Every file of every format, as a description, counts the same under every convention. */
class ConvertFilesTest {
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Schema SCHEMA = schema();
  private static final List<Convention> CONVENTIONS = List.copyOf(Conventions.installed().all());

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(DOCS.resolve("description.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void examples_areWhatTheSchemaAllows() throws IOException {
    try (Stream<Path> examples = Files.list(DOCS.resolve("examples"))) {
      assertThat(examples.filter(file -> file.toString().endsWith(".json")))
          .hasSizeGreaterThan(2)
          .allSatisfy(
              file ->
                  assertThat(SCHEMA.validate(Files.readString(file), InputFormat.JSON))
                      .as(file.toString())
                      .isEmpty());
    }
  }

  @Test
  void mistakes_areWhatTheSchemaForbids() {
    for (String mistake :
        List.of(
            "{\"inptu\": [1, 8], \"modules\": []}",
            "{\"input\": [1, -8], \"modules\": []}",
            "{\"input\": [1, 8], \"modules\": {\"a\": {\"modulse\": []}}}",
            "{\"input\": [1, 8], \"modules\": [], \"uncounted\": \"all\"}")) {
      assertThat(SCHEMA.validate(mistake, InputFormat.JSON)).as(mistake).isNotEmpty();
    }
  }

  /** What a tool that counts one image says of a file of several. */
  private static final String NO_IMAGE = "takes no single image";

  /**
   * Counted by operator in another mode than the descriptions were seen in: what these files' calls
   * fall into there hangs on how the numbers lie in memory, or on which kernel there is.
   */
  private static final Set<String> OTHER_KERNELS =
      Set.of("recurrent.dynamo20.static.onnx", "torch2.6.hand_torch_encoder.static.pt2");

  private static List<Path> files() {
    try (Stream<Path> files =
        Files.walk(
            Path.of(
                Objects.requireNonNull(ConvertFilesTest.class.getResource("/org/whichflops/format"))
                    .toURI()))) {
      return files
          .filter(file -> file.toString().matches(".*/(pt2|onnx|keras)/.*\\.(pt2|onnx.gz|keras)"))
          .filter(file -> !file.toString().contains("FuzzTestInputs"))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Network read(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
    try (InputStream packed = Files.newInputStream(file);
        InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(packed) : packed;
        Content content = Content.of(name, bytes)) {
      return ModelFiles.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The description read back, which the schema allows. */
  private static Network described(Network network) {
    String text = Conversion.describe(network);
    assertThat(SCHEMA.validate(text, InputFormat.JSON)).isEmpty();
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    try (Content content = Content.of("net.json", new ByteArrayInputStream(json))) {
      return new DescriptionFormat(Zoo::build).read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * By default the small networks, which have one of everything between them; all of them with
   * {@code -Pexhaustive}.
   */
  private static boolean isWanted(Path file) {
    return Boolean.getBoolean("exhaustive")
        || file.toString()
            .matches(
                ".*(hand|tv)_.*|.*core_aten.*|.*made/.*(op7|op13|dynamo2).*"
                    + "|.*keras/(branches|conv|dyn|nested|quant|seq|text).*");
  }

  @TestFactory
  Stream<DynamicTest> description_ofFile_countsTheSame() {
    return files().stream()
        .filter(ConvertFilesTest::isWanted)
        .map(file -> dynamicTest(file.getFileName().toString(), () -> compare(read(file))));
  }

  private static void compare(Network network) {
    Network described = described(network);
    assertThat(described.parameters()).isEqualTo(network.parameters());
    assertThat(described.trainableParameters()).isEqualTo(network.trainableParameters());
    assertThat(described.uncounted()).isEqualTo(network.uncounted());
    Shape own = network.input().shape();
    compare(network, described, own);
    Shape other = other(network, described);
    if (other != null && !other.equals(own)) {
      compare(network, described, other);
    }
  }

  private static void compare(Network network, Network described, Shape input) {
    Map<Mode, ForwardPass> read = new HashMap<>();
    Map<Mode, ForwardPass> run = new HashMap<>();
    for (Convention convention : CONVENTIONS) {
      Mode mode = convention.mode();
      ForwardPass pass = read.computeIfAbsent(mode, m -> network.forward(m, input));
      String expected = says(convention, network, pass);
      boolean otherKernels =
          OTHER_KERNELS.contains(network.name()) && convention.about().id().equals("ptflops-aten");
      if (expected.equals(NO_IMAGE) || otherKernels) {
        continue;
      }
      pass = run.computeIfAbsent(mode, m -> described.forward(m, input));
      assertThat(says(convention, described, pass))
          .as("%s at %s", convention, input)
          .isEqualTo(expected);
    }
  }

  /** A batch of 3, where both take it. */
  private static Shape other(Network network, Network described) {
    try {
      Shape three = network.input().at(3);
      network.forward(Mode.DECOMPOSED, three);
      return described.input().at(3);
    } catch (IllegalArgumentException | ShapeException e) {
      return null;
    }
  }

  /** Total and parameters, or why there are none. */
  private static String says(Convention convention, Network network, ForwardPass pass) {
    try {
      Counter counter = convention.counter(network);
      return counter.total(pass) + " with " + counter.parameters(pass) + " parameters";
    } catch (ShapeException e) {
      return NO_IMAGE;
    } catch (ToolFailureException | UnknownQuantityException e) {
      return String.valueOf(e.getMessage()).replace(network.name(), "the network");
    }
  }

  @Test
  void files_areOfEveryFormat() {
    for (String ending : List.of("pt2", "onnx.gz", "keras")) {
      assertThat(files())
          .filteredOn(file -> file.toString().endsWith("." + ending))
          .hasSizeGreaterThan(12);
    }
  }
}
