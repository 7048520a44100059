package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes leaves the old file or the new one. */
class KilledWriterTest {
  private static final int ROUNDS = 12;
  private static final int LONGEST_LIFE_MILLIS = 400;

  @TempDir private Path folder;

  /** Writes two versions of a file in turn until it is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      PrintWriter err = new PrintWriter(System.err, true);
      for (long first = 1; ; first = 3001 - first) {
        int status = Main.run(new StringWriter(), err, request(first, arguments[0]));
        if (status != 0) {
          System.exit(status);
        }
        System.out.println("written");
      }
    }
  }

  /** Thousands of rows, from a batch on. */
  private static String[] request(long first, String file) {
    String batches =
        LongStream.range(first, first + 3000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(","));
    return new String[] {"compare", "alexnet", "-b", batches, "-o", file};
  }

  private static byte[] version(Path file, long first) throws IOException {
    StringWriter err = new StringWriter();
    assertThat(
            Main.run(
                new StringWriter(), new PrintWriter(err, true), request(first, file.toString())))
        .as(err.toString())
        .isZero();
    return Files.readAllBytes(file);
  }

  /** Starts a child, waits until it has written once, lets it live for a while, and kills it. */
  private static void writeAndDie(Path file, long millis) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            file.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process child = builder.start();
    assertThat(child.inputReader().readLine()).isEqualTo("written");
    assertThat(child.waitFor(millis, TimeUnit.MILLISECONDS)).as("it writes on").isFalse();
    child.destroyForcibly().waitFor();
  }

  @Test
  void killAtAnyMoment_leavesTheOldFileOrTheNewOne() throws Exception {
    Path file = folder.resolve("table.csv");
    byte[] one = version(file, 1);
    byte[] other = version(file, 3000);
    assertThat(one).isNotEqualTo(other).hasSizeGreaterThan(200_000);
    SplittableRandom random = new SplittableRandom(20260101);
    int drafts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      writeAndDie(file, random.nextInt(LONGEST_LIFE_MILLIS));
      byte[] left = Files.readAllBytes(file);
      assertThat(left.length).isIn(one.length, other.length);
      assertThat(left).isEqualTo(left.length == one.length ? one : other);
      drafts = others(file).size();
    }
    // Else nobody was killed in the middle, and the test shows nothing.
    assertThat(drafts).isPositive();
    assertThat(others(file))
        .allMatch(path -> path.getFileName().toString().startsWith(".whichflops-draft-"));

    for (Path draft : others(file)) {
      Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minusSeconds(3600)));
    }
    version(file, 1);
    assertThat(others(file)).isEmpty();
  }

  private List<Path> others(Path file) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(all.filter(path -> !path.equals(file)).toList());
    }
  }
}
