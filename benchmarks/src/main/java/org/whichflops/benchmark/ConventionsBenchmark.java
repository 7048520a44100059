package org.whichflops.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/**
 * The totals of all conventions beside those of five, of forward passes of ResNet-50 that have just
 * run.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar ConventionsBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConventionsBenchmark {
  private static final List<String> FIVE = List.of("mac", "2mac", "exact", "thop", "ptflops");

  private Network network;
  private List<Shape> inputs;
  private int next;
  private ForwardPass pass;
  private final List<Counter> five = new ArrayList<>();
  private final List<Counter> all = new ArrayList<>();

  /** Makes the counters, without those that fail on the network. */
  @Setup
  public void build() {
    network = Zoo.build("resnet50");
    inputs =
        List.of(
            network.input().at(1, 224, 224),
            network.input().at(1, 256, 256),
            network.input().at(1, 192, 192),
            network.input().at(1, 288, 288));
    pass = network.forward(Mode.DECOMPOSED);
    if (pass.modeMatters()) {
      throw new IllegalStateException("conventions do not share one pass of " + network);
    }
    for (Convention convention : Conventions.installed().all()) {
      Counter counter = convention.counter(network);
      try {
        counter.total(pass);
      } catch (ToolFailureException e) {
        continue;
      }
      all.add(counter);
      if (FIVE.contains(convention.about().id())) {
        five.add(counter);
      }
    }
  }

  /**
   * Runs the network, which calls the same in every mode, at other sizes than before: of one run,
   * all is worked out once only, and from run to run only what has changed. One image each time:
   * some tools run the network themselves for any other batch.
   */
  @Setup(Level.Invocation)
  public void run() {
    network.forward(pass, inputs.get(next));
    next = (next + 1) % inputs.size();
  }

  /** The five that are shown where none is asked for. */
  @Benchmark
  public long five() {
    return sum(five);
  }

  /** All that are installed. */
  @Benchmark
  public long all() {
    return sum(all);
  }

  private long sum(List<Counter> counters) {
    long sum = 0;
    for (Counter counter : counters) {
      sum += counter.total(pass);
    }
    return sum;
  }
}
