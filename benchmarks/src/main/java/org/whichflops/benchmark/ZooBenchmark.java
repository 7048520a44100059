package org.whichflops.benchmark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;
import org.whichflops.zoo.architecture.Architecture;

/**
 * Building every network of the zoo, and running it at its own input.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar ZooBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode({
  org.openjdk.jmh.annotations.Mode.AverageTime,
  org.openjdk.jmh.annotations.Mode.SingleShotTime
})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZooBenchmark {
  private final List<Architecture> architectures = Zoo.architectures();

  /** Every network is built. */
  @Benchmark
  public void build(Blackhole blackhole) {
    for (Architecture architecture : architectures) {
      blackhole.consume(architecture.build(Map.of()));
    }
  }

  /** Every network is built and run. */
  @Benchmark
  public void buildAndRun(Blackhole blackhole) {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    for (Architecture architecture : architectures) {
      Network network = architecture.build(Map.of());
      network.forward(pass, network.input().shape());
      blackhole.consume(pass.size());
    }
  }
}
