package org.whichflops.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.format.description.Conversion;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.Unit;
import org.whichflops.zoo.Zoo;

/**
 * How processor time and allocated bytes grow with layers, cells and a file's size: a Markdown
 * table with the exponents of the curves fitted to them. 1 is linear.
 *
 * <p>Run with {@code java -Xmx12g -cp benchmarks/target/benchmarks.jar
 * org.whichflops.benchmark.Growth}; a number as argument bounds the largest power of ten.
 */
public final class Growth {
  private static final List<Convention> CONVENTIONS =
      Stream.of("mac", "2mac", "exact", "thop", "ptflops")
          .map(Conventions.installed()::find)
          .toList();
  private static final int LEAST_RUNS = 3;
  private static final int MOST_RUNS = 300;
  private static final int RUN_TOGETHER = 100_000;

  private Growth() {}

  /** What is measured at one size. */
  private interface Job {
    void run() throws IOException;
  }

  /** Makes the job of a size; its own cost is not measured. */
  private interface Maker {
    Job of(int size) throws IOException;
  }

  private record Measured(double size, double seconds, double bytes) {}

  /** Measures all, or up to a size. */
  public static void main(String[] arguments) throws IOException {
    int most = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("| growth of | from | to | time ~ n^ | bytes allocated ~ n^ | at the largest |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    fit(out, "layers, counted by 5 conventions", 2, Math.min(most, 6), Growth::layers);
    fit(out, "layers of a description, read", 2, Math.min(most, 5), Growth::description);
    fit(out, "cells of a sweep, written as CSV", 3, Math.min(most, 7), Growth::cells);
  }

  private static void fit(PrintStream out, String what, int from, int to, Maker maker)
      throws IOException {
    List<Measured> all = new ArrayList<>();
    for (int power = from; power <= to; power++) {
      all.add(measure(maker, (int) Math.pow(10, power)));
    }
    Measured last = all.get(all.size() - 1);
    out.printf(
        Locale.ROOT,
        "| %s | 10^%d | 10^%d | %.2f | %.2f | %.2f s, %.0f MB |%n",
        what,
        from,
        to,
        exponent(all.stream().mapToDouble(Measured::seconds).toArray(), all),
        exponent(all.stream().mapToDouble(Measured::bytes).toArray(), all),
        last.seconds,
        last.bytes / 1e6);
  }

  /** The least of a few runs, more of them where runs are short. */
  private static Measured measure(Maker maker, int size) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    double seconds = Double.MAX_VALUE;
    double bytes = Double.MAX_VALUE;
    int runs = Math.max(LEAST_RUNS, Math.min(MOST_RUNS, RUN_TOGETHER / size));
    for (int i = 0; i < runs; i++) {
      Job job = maker.of(size);
      long allocated = threads.getThreadAllocatedBytes(self);
      long start = threads.getCurrentThreadCpuTime();
      job.run();
      seconds = Math.min(seconds, (threads.getCurrentThreadCpuTime() - start) / 1e9);
      bytes = Math.min(bytes, (double) (threads.getThreadAllocatedBytes(self) - allocated));
    }
    return new Measured(size, seconds, bytes);
  }

  /** The slope of the straight line through the points where both axes are logarithmic. */
  private static double exponent(double[] values, List<Measured> at) {
    double n = values.length;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < n; i++) {
      double x = Math.log(at.get(i).size);
      double y = Math.log(values[i]);
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }

  private static Network network(int layers) {
    Sequential all = new Sequential();
    for (int i = 0; i < layers; i++) {
      all.add(
          switch (i % 3) {
            case 0 -> Conv.conv2d(i == 0 ? 3 : 8, 8, 3).padding(1);
            case 1 -> BatchNorm.batchNorm2d(8);
            default -> Activation.relu();
          });
    }
    return new Network("layers", all, InputSize.image(8));
  }

  private static Job layers(int size) {
    Network network = network(size);
    return () -> {
      ForwardPass pass = network.forward(Mode.DECOMPOSED);
      for (Convention convention : CONVENTIONS) {
        Counter counter = convention.counter(network);
        if (counter.total(pass) <= 0) {
          throw new IllegalStateException("nothing counted");
        }
      }
    };
  }

  private static Job description(int size) throws IOException {
    Path file = Files.createTempFile("whichflops", ".json");
    Files.writeString(file, Conversion.describe(network(size)));
    return () -> {
      try (Content content = Content.of(file)) {
        ModelFiles.read(content);
      } finally {
        Files.delete(file);
      }
    };
  }

  /** Five cells an input. */
  private static Job cells(int size) {
    int sides = Math.min(size / 5, 200);
    List<Resolution> resolutions =
        LongStream.rangeClosed(1, sides).mapToObj(i -> new Resolution(64 + i, 64 + i)).toList();
    List<Long> batches = LongStream.rangeClosed(1, size / 5 / sides).boxed().toList();
    Sweep sweep = new Sweep(List.of(Zoo.build("alexnet")), batches, resolutions, CONVENTIONS);
    return () ->
        ComparisonTable.wide(Format.CSV.writer(Writer.nullWriter(), Unit.ONE), sweep.conventions())
            .write(sweep);
  }
}
