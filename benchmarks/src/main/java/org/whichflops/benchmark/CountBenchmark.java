package org.whichflops.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/**
 * Counting one network: its forward pass, what all conventions make of it, and both.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar CountBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CountBenchmark {
  static final List<String> CONVENTIONS =
      List.of(
          "mac",
          "2mac",
          "exact",
          "molchanov",
          "arithmetic",
          "thop",
          "ptflops",
          "fvcore",
          "torchinfo",
          "deepspeed");

  /** The network. */
  @Param({"resnet50", "mobilenet_v2"})
  public String model = "resnet50";

  private Network network;
  private List<Shape> inputs;
  private int next;
  private ForwardPass pass;
  private Counter[] counters;
  private ForwardPass passOfMany;
  private Counter[] countersOfMany;
  private long[][] convolutions;

  /** Builds the network and the counters of every convention. */
  @Setup
  public void build() {
    network = Zoo.build(model);
    inputs =
        List.of(
            network.input().at(1, 224, 224),
            network.input().at(8, 256, 256),
            network.input().at(2, 192, 192),
            network.input().at(32, 288, 288));
    pass = network.forward(Mode.DECOMPOSED);
    Conventions installed = Conventions.installed();
    counters = counters(installed);
    passOfMany = network.forward(Mode.DECOMPOSED);
    passOfMany.expectManyInputs();
    countersOfMany = counters(installed);
    convolutions = BareLoop.convolutions(pass);
  }

  private Counter[] counters(Conventions installed) {
    return CONVENTIONS.stream()
        .map(id -> installed.find(id).counter(network))
        .toArray(Counter[]::new);
  }

  /**
   * The forward pass over shapes alone, into a record that is used again. Batch and resolution are
   * other ones than in the run before, since what has not changed is not worked out again.
   */
  @Benchmark
  public ForwardPass forward() {
    pass.clear();
    network.root().call(pass.input(nextInput().sizes())); // past Network, which would repeat
    return pass;
  }

  /** What takes the place of a forward pass where the same network ran before. */
  @Benchmark
  public ForwardPass repeat() {
    network.forward(pass, nextInput());
    return pass;
  }

  private Shape nextInput() {
    next = (next + 1) % inputs.size();
    return inputs.get(next);
  }

  /** A forward pass and the totals of ten conventions. */
  @Benchmark
  public long count() {
    forward();
    return sum(counters, pass);
  }

  /** The same of an input as a sweep counts it. */
  @Benchmark
  public long countOneOfMany() {
    network.forward(passOfMany, nextInput());
    return sum(countersOfMany, passOfMany);
  }

  /** The totals of ten conventions of a forward pass that has just run. */
  @Benchmark
  public long tally(FreshPass fresh) {
    return sum(counters, fresh.pass);
  }

  static long sum(Counter[] counters, ForwardPass pass) {
    long sum = 0;
    for (Counter counter : counters) {
      sum += counter.total(pass);
    }
    return sum;
  }

  /** A pass that runs again before every measurement: of one run, all is worked out once only. */
  @State(Scope.Benchmark)
  public static class FreshPass {
    private ForwardPass pass;

    /** Runs it. */
    @Setup(Level.Invocation)
    public void run(CountBenchmark benchmark) {
      benchmark.forward();
      pass = benchmark.pass;
    }
  }

  /** The limit: ten products of each convolution's five sizes, which are already known. */
  @Benchmark
  public long bareLoop() {
    return BareLoop.sum(convolutions, CONVENTIONS.size());
  }
}
