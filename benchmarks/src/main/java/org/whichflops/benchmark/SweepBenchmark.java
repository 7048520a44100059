package org.whichflops.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.TableWriter;
import org.whichflops.report.table.Unit;

/**
 * A compare sweep, a cell an operation: a hundred networks at ten batches and a hundred
 * resolutions, under ten conventions. Beside it the CSV library alone, writing the same rows.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar SweepBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 8, time = 2)
public class SweepBenchmark {
  private static final int CELLS = 100 * 10 * 100 * 10;

  private static final List<Long> BATCHES = List.of(1L, 2L, 3L, 4L, 8L, 16L, 32L, 64L, 128L, 256L);

  /** The threads that count. */
  @Param({"1", "2"})
  public int jobs;

  private Sweep sweep;
  private KeptRows wideRows;
  private KeptRows longRows;

  /** Builds the networks, and the rows that the CSV library writes alone. */
  @Setup
  public void build() throws IOException {
    List<Network> networks = HundredNetworks.build();
    List<Convention> conventions =
        CountBenchmark.CONVENTIONS.stream().map(Conventions.installed()::find).toList();
    List<Resolution> resolutions =
        LongStream.rangeClosed(1, 100)
            .mapToObj(i -> new Resolution(124 + 4 * i, 124 + 4 * i))
            .toList();
    sweep = new Sweep(networks, BATCHES, resolutions, conventions);
    wideRows = new KeptRows();
    ComparisonTable.wide(wideRows, conventions).write(sweep);
    longRows = new KeptRows();
    ComparisonTable.longForm(longRows).write(sweep);
  }

  /** Counting alone: nothing is written. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void count(Blackhole blackhole) throws IOException {
    sweep.run(
        jobs,
        point -> {
          for (int i = 0; i < point.conventions().size(); i++) {
            blackhole.consume(point.value(i));
          }
        });
  }

  /** Counting, and writing CSV to nowhere, a row an input. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void wideCsv() throws IOException {
    ComparisonTable.wide(csv(), sweep.conventions()).write(sweep, jobs);
  }

  /** Counting, and writing CSV to nowhere, a row an input and convention. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void longCsv() throws IOException {
    ComparisonTable.longForm(csv()).write(sweep, jobs);
  }

  /** The limit of the first: the CSV library alone, on one thread. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void wideCsvAlone() throws IOException {
    write(wideRows);
  }

  /** The limit of the second: the CSV library alone, on one thread. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void longCsvAlone() throws IOException {
    write(longRows);
  }

  private static void write(KeptRows kept) throws IOException {
    TableWriter csv = csv();
    csv.begin(kept.columns());
    for (Object[] row : kept.rows()) {
      csv.row(row);
    }
    csv.close();
  }

  private static TableWriter csv() {
    return Format.CSV.writer(Writer.nullWriter(), Unit.ONE);
  }
}
