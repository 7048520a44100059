package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.whichflops.cli.Result.csv;
import static org.whichflops.cli.Result.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Models in files, whatever they are called and wherever their bytes come from. */
class ModelFilesTest {
  @TempDir private Path folder;

  @Test
  void fileOfNoKnownFormat_isOneLine_whateverItIsCalled() throws IOException {
    for (String name : List.of("net.pt2", "net", "net.txt")) {
      Path file = Files.writeString(folder.resolve(name), "no network");
      Result result = run("compare", file.toString());
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err().lines()).singleElement().asString().contains(name + ": its content");
    }
  }

  private static String fixture(String name) {
    return "target/test-classes/org/whichflops/format/pt2/" + name;
  }

  @Test
  void compare_ofFile_isWhatTheModelIs_underTheFilesName() {
    Result file =
        run(
            "compare",
            fixture("torch2.6.mobilenet_v2.dynNHWauto.pt2"),
            "-b",
            "1",
            "-r",
            "224,320",
            "-c",
            "mac,2mac,exact,thop,ptflops",
            "--format",
            "csv");
    Result zoo =
        run(
            "compare",
            "mobilenet_v2",
            "-b",
            "1",
            "-r",
            "224,320",
            "-c",
            "mac,2mac,exact,thop,ptflops",
            "--format",
            "csv");
    assertThat(file.status()).isZero();
    assertThat(file.out())
        .isEqualTo(zoo.out().replace("mobilenet_v2,", "torch2.6.mobilenet_v2.dynNHWauto.pt2,"));
  }

  @Test
  void compare_ofFileAtAnInputItDoesNotTake_keepsTheRow_andSaysWhichItTakes() {
    Result result =
        run("compare", fixture("torch2.6.resnet18.static.pt2"), "-r", "224,192", "--format", "csv");
    assertThat(result.status()).isZero();
    assertThat(csv(result.out()).get(1).getString("note")).contains("224 only, not 192");
  }

  @Test
  void standardInput_isReadWhereTheModelIsADash() throws IOException {
    InputStream before = System.in;
    try (InputStream file =
        Files.newInputStream(Path.of(fixture("as-written/torch2.13.hand_gru.static.pt2")))) {
      System.setIn(file);
      Result result = run("compare", "-", "-c", "mac", "--format", "csv");
      assertThat(result.err()).isEmpty();
      assertThat(csv(result.out()).get(0).getString("model")).isEqualTo("stdin");
      assertThat(csv(result.out()).get(0).getLong("params")).isEqualTo(7604);
    } finally {
      System.setIn(before);
    }
  }

  /**
   * What a shell makes of {@code <(...)}: it can be read once only, so nobody may read it early.
   */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void pipe_isReadWhereAFileIsNamed() throws Exception {
    Path pipe = folder.resolve("net.pt2");
    assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();
    Path file = Path.of(fixture("as-written/torch2.13.hand_gru.static.pt2"));
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.write(pipe, Files.readAllBytes(file), StandardOpenOption.WRITE);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.setDaemon(true); // should nobody read
    writer.start();
    Result result = run("compare", "" + pipe, "-c", "mac", "--format", "csv");
    assertThat(result.err()).isEmpty();
    assertThat(csv(result.out()).get(0).getLong("params")).isEqualTo(7604);
  }

  @Test
  void fileWithAnUnknownOperator_isCounted_andRefusedWhereThatIsAskedFor() throws IOException {
    String file = unknownOperator().toString();
    Result counted = run("compare", file, "-c", "mac", "--format", "csv");
    assertThat(counted.status()).isZero();
    assertThat(csv(counted.out()).get(0).getString("note"))
        .contains("not counted: mine.cat.default (cat");
    assertThat(run("layers", file).err()).contains("not counted: mine.cat.default (cat");
    Result strict = run("compare", file, "--strict");
    assertThat(strict.status()).isEqualTo(2);
    assertThat(strict.err()).contains("cannot count mine.cat.default (cat");
  }

  private Path unknownOperator() throws IOException {
    String entry = "serialized_exported_program.json";
    Path path = folder.resolve("unknown.pt2");
    try (ZipFile from = new ZipFile(fixture("torch2.6.hand_unet.static.pt2"));
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(path))) {
      byte[] json = from.getInputStream(from.getEntry(entry)).readAllBytes();
      to.putNextEntry(new ZipEntry(entry));
      to.write(
          new String(json, StandardCharsets.UTF_8)
              .replace("torch.ops.aten.cat.default", "torch.ops.mine.cat.default")
              .getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }
}
