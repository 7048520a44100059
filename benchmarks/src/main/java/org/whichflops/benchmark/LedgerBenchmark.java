package org.whichflops.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.Side;
import org.whichflops.zoo.Zoo;

/**
 * Explaining the difference of two conventions, and beside it the two tallies that it is made of.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar LedgerBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LedgerBenchmark {
  /** The network. */
  @Param({"resnet50", "vit_b_16"})
  public String model = "resnet50";

  private Network network;
  private Convention from;
  private Convention to;
  private Counted fromCounted;
  private Counted toCounted;

  /** A network's run and its tally under one convention. */
  private record Counted(Convention convention, ForwardPass pass, Tally tally) {
    static Counted of(Convention convention, Network network) {
      ForwardPass pass = network.forward(convention.mode());
      return new Counted(convention, pass, convention.counter(network).tally(pass));
    }

    Side side(Network network) {
      return Side.of(convention.about().id(), network, pass, tally);
    }
  }

  /** Counts once, for what is measured without counting. */
  @Setup
  public void build() {
    network = Zoo.build(model);
    from = Conventions.installed().find("mac");
    to = Conventions.installed().find("thop");
    fromCounted = Counted.of(from, network);
    toCounted = Counted.of(to, network);
  }

  /** The limit: both forward passes and tallies, a line for each counted call. */
  @Benchmark
  public void tallies(Blackhole blackhole) {
    blackhole.consume(Counted.of(from, network));
    blackhole.consume(Counted.of(to, network));
  }

  /** The ledger of two tallies that are there, and its causes added up. */
  @Benchmark
  public Object ledger() {
    return Ledger.between(fromCounted.side(network), toCounted.side(network)).causes();
  }

  /** All of it, as the command does it. */
  @Benchmark
  public Object explain() {
    Side one = Side.of(from, network, network.input().shape());
    Side other = Side.of(to, network, network.input().shape());
    return Ledger.between(one, other).causes();
  }
}
