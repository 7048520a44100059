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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
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
 * How processor time and allocated bytes grow with layers, a file's size and cells: a Markdown
 * table with the exponents of the curves fitted to them. 1 is linear, 0 does not grow.
 *
 * <p>Run in the repository's root with {@code java -XX:+UseSerialGC -Xms4g -Xmx4g -Xmn2g
 * -XX:+AlwaysPreTouch -cp benchmarks/target/benchmarks.jar org.whichflops.benchmark.Growth}; names
 * of subjects as arguments choose some. What does not grow in memory runs within {@code -Xmx64m}.
 * Memory that is touched for the first time is cleared by the system in this thread's time, and a
 * collection in the middle of a run leaves things in another order and out of the caches: that is
 * why the heap is there from the beginning, and large.
 */
public final class Growth {
  private static final List<Convention> CONVENTIONS =
      Stream.of("mac", "2mac", "exact", "thop", "ptflops")
          .map(Conventions.installed()::find)
          .toList();
  private static final int LEAST_RUNS = 5;
  private static final double LEAST_SECONDS = 3;

  /** A run that is shorter is measured many times over: the thread's clock is not that fine. */
  private static final double LEAST_BLOCK = 0.001;

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject("layers", "layers, counted by 5 conventions", powers(2, 6), Growth::layers),
          new Subject("description", "layers of a description", powers(2, 4), Growth::description),
          new Subject("nodes", "nodes of an ONNX file", powers(3, 6), Growth::nodes),
          new Subject(
              "onnx-bytes",
              "bytes of an ONNX file with a large matrix",
              upTo(2_000_000_000L, powers(6, 9)),
              size -> new Reading(OnnxChain.of(1000, size))),
          new Subject(
              "pt2-bytes",
              "bytes of weights in a .pt2",
              upTo(4_000_000_000L, powers(6, 9)),
              size -> new Reading(StoredWeights.of(size))),
          new Subject("cells", "cells of a sweep, written as CSV", powers(3, 7), Growth::cells));

  private Growth() {}

  /** What is measured at one size. */
  private interface Job extends AutoCloseable {
    void run() throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Makes the job of a size; its own cost is not measured. */
  private interface Maker {
    Job of(long size) throws IOException;
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares subjects
  private record Subject(String name, String words, long[] sizes, Maker maker) {}

  private record Measured(long size, double seconds, double bytes) {}

  /** Measures all, or those named. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(
        "| growth of | from | to | time ~ n^ | bytes allocated ~ n^ | at the largest | ns for each |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (Subject subject : SUBJECTS) {
      if (arguments.length == 0 || List.of(arguments).contains(subject.name)) {
        fit(out, subject);
      }
    }
    out.printf("%nWithin a heap of %d MiB.%n", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static long[] powers(int from, int to) {
    return LongStream.iterate((long) Math.pow(10, from), size -> size * 10)
        .limit(to - from + 1)
        .toArray();
  }

  private static long[] upTo(long last, long[] sizes) {
    return LongStream.concat(LongStream.of(sizes), LongStream.of(last)).toArray();
  }

  private static void fit(PrintStream out, Subject subject) throws IOException {
    List<Measured> all = new ArrayList<>();
    for (long size : subject.sizes) {
      try (Job job = subject.maker.of(size)) {
        all.add(measure(job, size));
      }
    }
    Measured last = all.get(all.size() - 1);
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %,d | %.2f | %.2f | %.4f s, %.1f MB | %s |%n",
        subject.words,
        all.get(0).size,
        last.size,
        exponent(all.stream().mapToDouble(Measured::seconds).toArray(), all),
        exponent(all.stream().mapToDouble(Measured::bytes).toArray(), all),
        last.seconds,
        last.bytes / 1e6,
        all.stream().map(Growth::nanosecondsEach).collect(Collectors.joining(", ")));
  }

  /** Where this goes up in one step, what is counted no longer fits into a processor's cache. */
  private static String nanosecondsEach(Measured measured) {
    return String.format(Locale.ROOT, "%.3g", measured.seconds * 1e9 / measured.size);
  }

  /** The least of a few runs, or of blocks of them where runs are short. */
  private static Measured measure(Job job, long size) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    double seconds = Double.MAX_VALUE;
    double bytes = Double.MAX_VALUE;
    double all = 0;
    int block = 1;
    for (int blocks = 0; blocks < LEAST_RUNS || all < LEAST_SECONDS; blocks++) {
      long allocated = threads.getThreadAllocatedBytes(self);
      long start = threads.getCurrentThreadCpuTime();
      for (int run = 0; run < block; run++) {
        job.run();
      }
      double used = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      all += used;
      if (used < LEAST_BLOCK) {
        block *= 2;
        continue;
      }
      seconds = Math.min(seconds, used / block);
      bytes = Math.min(bytes, (double) (threads.getThreadAllocatedBytes(self) - allocated) / block);
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
      double x = Math.log((double) at.get(i).size);
      double y = Math.log(values[i]);
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }

  private static Network network(long layers) {
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

  private static Job layers(long size) {
    Network network = network(size);
    return () -> count(network);
  }

  private static void count(Network network) {
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    long sum = 0;
    for (Convention convention : CONVENTIONS) {
      sum += convention.counter(network).total(pass);
    }
    if (sum <= 0) {
      throw new IllegalStateException("nothing counted");
    }
  }

  private static Job description(long size) throws IOException {
    Path file = Files.createTempFile("whichflops", ".json");
    Files.writeString(file, Conversion.describe(network(size)));
    return new Reading(file);
  }

  private static Job nodes(long size) throws IOException {
    return new Reading(OnnxChain.of((int) size));
  }

  /** A file is read, run and counted, and removed in the end. */
  private record Reading(Path file) implements Job {
    @Override
    public void run() throws IOException {
      try (Content content = Content.of(file)) {
        count(ModelFiles.read(content));
      }
    }

    @Override
    public void close() throws IOException {
      Files.delete(file);
    }
  }

  /** Five cells an input. */
  private static Job cells(long size) {
    long sides = Math.min(size / 5, 200);
    List<Resolution> resolutions =
        LongStream.rangeClosed(1, sides).mapToObj(i -> new Resolution(64 + i, 64 + i)).toList();
    List<Long> batches = LongStream.rangeClosed(1, size / 5 / sides).boxed().toList();
    Sweep sweep = new Sweep(List.of(Zoo.build("alexnet")), batches, resolutions, CONVENTIONS);
    return () ->
        ComparisonTable.wide(Format.CSV.writer(Writer.nullWriter(), Unit.ONE), sweep.conventions())
            .write(sweep);
  }
}
