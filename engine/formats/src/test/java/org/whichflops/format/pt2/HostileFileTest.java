package org.whichflops.format.pt2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.format.FormatException;

/** Whatever a file holds, reading it gives a network or one line that says what is wrong. */
class HostileFileTest {
  private static final String PROGRAM = "serialized_exported_program.json";
  private static final String SMALL = "torch2.6.hand_mixed.static.pt2";

  @TempDir private Path folder;

  static String json(String file) {
    try (ZipFile zip = new ZipFile(Fixtures.path(file).toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry(PROGRAM)).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("net.pt2"), bytes);
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private void assertRefused(byte[] bytes, String expected) throws IOException {
    Path path = file(bytes);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> Fixtures.read(path))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("net.pt2: ")
                .hasMessageContaining(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // what is replaced | by what | what the message says
        "\"major\":8                     | \"major\":9                     | schema_version",
        "\"schema_version\"              | \"version\"                     | no schema_version",
        "\"graph\":{                     | \"grapf\":{                     | no graph_module.graph",
        "{\"as_int\":12}                 | {\"as_int\":-12}                | -12",
        "{\"as_int\":12}                 | {\"as_int\":4611686018427387904}| 2^63",
        "{\"as_int\":12}                 | {\"as_int\":1e99}               | a size is",
        "{\"as_int\":12}                 | {\"as_int\":\"12\"}             | a size is",
        "\"input\",\"arg\":{\"as_tensor\" | \"inpus\",\"arg\":{\"as_tensor\" | there is no tensor 'input'",
        "\"stride\",\"arg\":{\"as_ints\":[1,1]} | \"stride\",\"arg\":{\"as_ints\":[0,1]} | stride",
        "\"graph_module\":{              | \"graph_module\":[{             | an object is expected",
      })
  void oneThingWrong_isOneLineThatSaysWhat(String old, String now, String expected)
      throws IOException {
    String json = json(SMALL);
    assertThat(json).contains(old);
    assertRefused(zip(PROGRAM, json.replace(old, now)), expected);
  }

  @Test
  void node_thatReadsWhatComesLater_isRefused() throws IOException {
    String nodes =
        """
        {"graph_module":{"graph":{"inputs":[{"as_tensor":{"name":"x"}}],"outputs":[],
        "nodes":[
         {"target":"torch.ops.aten.relu.default","inputs":[{"name":"self","arg":{"as_tensor":{"name":"b"}}}],
          "outputs":[{"as_tensor":{"name":"a"}}],"metadata":{}},
         {"target":"torch.ops.aten.relu.default","inputs":[{"name":"self","arg":{"as_tensor":{"name":"a"}}}],
          "outputs":[{"as_tensor":{"name":"b"}}],"metadata":{}}],
        "tensor_values":{"x":{"dtype":7,"sizes":[{"as_int":1}]},"a":{"dtype":7,"sizes":[{"as_int":1}]},
         "b":{"dtype":7,"sizes":[{"as_int":1}]}}},
        "signature":{"input_specs":[{"user_input":{"arg":{"as_tensor":{"name":"x"}}}}]}},
        "schema_version":{"major":8,"minor":2}}
        """;
    assertRefused(zip(PROGRAM, nodes), "it reads 'b', which nothing before it makes");
  }

  @Test
  void fieldTwice_isRefused() throws IOException {
    assertRefused(zip(PROGRAM, "{\"schema_version\":1,\"schema_version\":1}"), "Duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{\"graph_module\":", "\u0000\u0000", "{}x"})
  void programThatIsNone_isRefused(String json) throws IOException {
    assertRefused(zip(PROGRAM, json), PROGRAM);
  }

  @Test
  void nesting_withoutEnd_isRefused() throws IOException {
    assertRefused(zip(PROGRAM, "{\"a\":" + "[".repeat(1_000_000)), "nesting");
    String deep = "{\"graph_module\":{\"graph\":{\"nodes\":" + "[".repeat(100_000);
    assertRefused(zip(PROGRAM, deep), "nesting");
  }

  @Test
  void modulePath_withoutEnd_isRefused() throws IOException {
    String json = json(SMALL).replace("\"c.weight\"", "\"" + "a.".repeat(50_000) + "w\"");
    assertRefused(zip(PROGRAM, json), "more than 100 parts");
  }

  @Test
  void entryThatInflatesWithoutEnd_isRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(PROGRAM));
      zip.write('{');
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 300; i++) {
        zip.write(blanks);
      }
    }
    assertRefused(bytes.toByteArray(), "larger than 256 MiB");
  }

  @Test
  void entriesOutsideOfTheFolder_areNeverWritten() throws IOException {
    byte[] archive = zip("../../evil", "x", PROGRAM, json(SMALL), "/abs/evil", "x");
    assertThat(Fixtures.read(file(archive)).parameters()).isEqualTo(239);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("net.pt2"));
    }
  }

  @Test
  void archiveWithCompiledCodeOnly_saysThatNothingCanBeCounted() throws IOException {
    assertRefused(zip("net/archive_format", "pt2", "net/data/aotinductor/a.so", "x"), "compiled");
  }

  @Test
  void archiveWithSeveralPrograms_readsTheOneCalledModel() throws IOException {
    String json = json(SMALL);
    byte[] archive =
        zip("n/archive_format", "pt2", "n/models/a.json", "{}", "n/models/model.json", json);
    assertThat(Fixtures.read(file(archive)).parameters()).isEqualTo(239);
    assertRefused(
        zip("n/archive_format", "pt2", "n/models/a.json", json, "n/models/b.json", json),
        "2 programs");
  }

  @Test
  void truncatedFile_isRefused_whereverItEnds() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("as-written/torch2.13.hand_gru.static.pt2"));
    for (int length = 0; length < whole.length; length += 97) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void changedBytes_giveANetworkOrOneLine(long seed) {
    Random random = new Random(seed);
    byte[] json = json(SMALL).getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 400; round++) {
      byte[] changed = json.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(changed.length);
        changed[at] = (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt());
      }
      readProgram(changed);
    }
  }

  /** Reads a program; anything but a network or a FormatException is thrown on. */
  static void readProgram(byte[] json) {
    try {
      NetworkBuilder.build(
          "net.pt2",
          ProgramParser.parse("net.pt2", PROGRAM, new ByteArrayInputStream(json)),
          Stored.NOTHING);
    } catch (FormatException | IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void changedStateDict_isReadAsFarAsItGoes(long seed) throws IOException {
    byte[] whole;
    try (ZipFile zip =
        new ZipFile(Fixtures.path("torch2.6.googlenet.static_semislim.pt2").toFile())) {
      whole = zip.getInputStream(zip.getEntry("serialized_state_dict.pt")).readAllBytes();
    }
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] changed = Arrays.copyOf(whole, 30_000);
      for (int i = 0; i < 20; i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      assertThat(StoredTensors.ofStateDict(new ByteArrayInputStream(changed))).isNotNull();
    }
  }
}
