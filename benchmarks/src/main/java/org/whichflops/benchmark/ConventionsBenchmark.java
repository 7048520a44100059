package org.whichflops.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private Map<Mode, ForwardPass> passes;
  private final List<Job> five = new ArrayList<>();
  private final List<Job> all = new ArrayList<>();

  /** A counter, and the pass of the mode that its tool watches. */
  private record Job(Counter counter, ForwardPass pass) {}

  /** Makes the counters, without those that fail on the network. */
  @Setup
  public void build() {
    network = Zoo.build("resnet50");
    passes = new HashMap<>();
    for (Convention convention : Conventions.installed().all()) {
      ForwardPass pass = passes.computeIfAbsent(convention.mode(), network::forward);
      Job job = new Job(convention.counter(network), pass);
      try {
        job.counter().total(pass);
      } catch (ToolFailureException e) {
        continue;
      }
      all.add(job);
      if (FIVE.contains(convention.about().id())) {
        five.add(job);
      }
    }
  }

  /** Runs the network once a mode: of one run, all is worked out once only. */
  @Setup(Level.Invocation)
  public void run() {
    passes.values().forEach(pass -> network.forward(pass, network.input().shape()));
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

  private static long sum(List<Job> jobs) {
    long sum = 0;
    for (Job job : jobs) {
      sum += job.counter().total(job.pass());
    }
    return sum;
  }
}
