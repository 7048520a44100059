package org.whichflops.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
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
import org.whichflops.zoo.Zoo;

/**
 * A compare sweep, a row an operation: five networks at four batches and a hundred resolutions,
 * under seven conventions.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar SweepBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SweepBenchmark {
  private static final int ROWS = 5 * 4 * 100;

  private Sweep sweep;
  private KeptRows kept;

  /** Builds the networks, and the rows that the CSV library writes alone. */
  @Setup
  public void build() throws IOException {
    List<Network> networks =
        Stream.of("alexnet", "vgg16", "resnet18", "resnet50", "mobilenet_v2")
            .map(Zoo::build)
            .toList();
    Conventions installed = Conventions.installed();
    List<Convention> conventions =
        Stream.of("mac", "2mac", "exact", "molchanov", "arithmetic", "thop", "ptflops")
            .map(installed::find)
            .toList();
    List<Resolution> resolutions =
        LongStream.rangeClosed(1, 100)
            .mapToObj(i -> new Resolution(124 + 4 * i, 124 + 4 * i))
            .toList();
    sweep = new Sweep(networks, List.of(1L, 2L, 8L, 32L), resolutions, conventions);
    kept = new KeptRows();
    ComparisonTable.wide(kept, conventions).write(sweep);
  }

  /** Counting alone: nothing is written. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void count(Blackhole blackhole) throws IOException {
    sweep.run(
        point -> {
          for (int i = 0; i < point.conventions().size(); i++) {
            blackhole.consume(point.value(i));
          }
        });
  }

  /** Counting, and writing CSV to nowhere. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void countToCsv() throws IOException {
    ComparisonTable.wide(csv(), sweep.conventions()).write(sweep);
  }

  /** The limit: the CSV library alone, writing the same rows to nowhere. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void csvAlone() throws IOException {
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
