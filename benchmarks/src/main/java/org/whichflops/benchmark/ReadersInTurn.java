package org.whichflops.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a reader costs beside the parser alone, and beside the least that it does, in steady state:
 * processor time of blocks in turn in one process, medians of those after the first, as a Markdown
 * table. JMH runs one after the other, and a machine that slows down meanwhile changes their ratio.
 *
 * <p>Run in the repository's root: {@code java -XX:+UseSerialGC -cp
 * benchmarks/target/benchmarks.jar org.whichflops.benchmark.ReadersInTurn}.
 */
public final class ReadersInTurn {
  private static final List<String> FILES =
      List.of(
          "pt2/torch2.6.mobilenet_v2.static.pt2",
          "keras/resnet50.keras",
          "onnx/torch2.6.mobilenet_v2.op17.eval.static.onnx",
          ReadersBenchmark.DESCRIPTION);
  private static final int BLOCKS = 60;
  private static final int WARM_UP = 20;
  private static final long BLOCK_NANOSECONDS = 50_000_000;

  private static volatile Object kept = "";

  private ReadersInTurn() {}

  /** A reading whose result is kept from being optimized away. */
  private interface Reading {
    void run() throws IOException;
  }

  /** Measures all files. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Blackhole blackhole =
        new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is "
                + "dangerous.");
    out.println(
        "| file | parser alone | parser and the zoo's network | reader | / parser | / parser and network |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (String file : FILES) {
      ReadersBenchmark timed = new ReadersBenchmark();
      timed.file = file;
      timed.find();
      double[] parser = new double[BLOCKS];
      double[] least = new double[BLOCKS];
      double[] reader = new double[BLOCKS];
      for (int block = 0; block < BLOCKS; block++) {
        parser[block] = microseconds(() -> timed.parseAlone(blackhole));
        least[block] = microseconds(() -> kept = timed.parseAndMake(blackhole));
        reader[block] = microseconds(() -> kept = timed.read());
      }
      timed.remove();
      double alone = median(parser);
      out.printf(
          Locale.ROOT,
          "| %s | %.1f us | %.1f us | %.1f us | %.2f | %.2f |%n",
          file,
          alone,
          median(least),
          median(reader),
          median(reader) / alone,
          median(reader) / median(least));
    }
  }

  /** The processor time of one reading, from as many as a block takes. */
  private static double microseconds(Reading reading) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long used = 0;
    int readings = 0;
    while (used < BLOCK_NANOSECONDS) {
      for (int i = 0; i < 10; i++) {
        reading.run();
      }
      readings += 10;
      used = threads.getCurrentThreadCpuTime() - start;
    }
    return used / 1e3 / readings;
  }

  private static double median(double[] blocks) {
    double[] warm = Arrays.copyOfRange(blocks, WARM_UP, blocks.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
