package org.whichflops.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole processes from start to end: the command line through its launcher, and beside it a JVM
 * that prints one line.
 *
 * <p>Run in the repository's root, after {@code ./whichflops --version} has built the program:
 * {@code java -jar benchmarks/target/benchmarks.jar StartBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 15)
public class StartBenchmark {
  private static final Path CLASSES = Path.of("benchmarks", "target", "one-line");

  /** Puts the class that prints a line where there is nothing else to open. */
  @Setup
  public void copyOneLine() throws IOException {
    String file = OneLine.class.getName().replace('.', '/') + ".class";
    Path copy = CLASSES.resolve(file);
    Files.createDirectories(Objects.requireNonNull(copy.getParent()));
    try (InputStream original = OneLine.class.getResourceAsStream("/" + file)) {
      Files.copy(Objects.requireNonNull(original), copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Beside what the others are: a JVM as anybody starts it, with the JDK's own class data. */
  @Benchmark
  public int oneLine() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(List.of(java, "-cp", CLASSES.toString(), OneLine.class.getName()));
  }

  /** The version. */
  @Benchmark
  public int version() throws IOException, InterruptedException {
    return run(List.of("./whichflops", "--version"));
  }

  /** One model under the five conventions that are shown where none is asked for. */
  @Benchmark
  public int compare() throws IOException, InterruptedException {
    return run(List.of("./whichflops", "compare", "resnet50"));
  }

  /** The same of a file of each format. */
  @Benchmark
  public int compareFile(ReadersBenchmark files) throws IOException, InterruptedException {
    return run(List.of("./whichflops", "compare", files.path().toString()));
  }

  /** A number searched in the whole zoo under all conventions. */
  @Benchmark
  public int identify() throws IOException, InterruptedException {
    return run(List.of("./whichflops", "identify", "4.09G"));
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command + " ended with status " + status);
    }
    return status;
  }

  /** Prints one line. */
  static final class OneLine {
    private OneLine() {}

    public static void main(String[] arguments) {
      System.out.println("one line");
    }
  }
}
