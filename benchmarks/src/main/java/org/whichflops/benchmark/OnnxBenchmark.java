package org.whichflops.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;

/**
 * Reading an ONNX file and counting it: a chain of nodes, a hundred a module. The time grows as the
 * nodes do, and a million fit into 1 GB.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar OnnxBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class OnnxBenchmark {
  /** Nodes in the file. */
  @Param({"1000", "10000", "100000", "1000000"})
  private int nodes;

  private Path file;
  private Convention convention;

  /** Writes the chain. */
  @Setup
  public void write() throws IOException {
    convention = Conventions.installed().find("exact");
    file = OnnxChain.of(nodes);
  }

  /** Removes it. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  /** The file is read, run and counted. */
  @Benchmark
  public long count() throws IOException {
    try (Content content = Content.of(file)) {
      Network network = ModelFiles.read(content);
      return convention.counter(network).total(network.forward(convention.mode()));
    }
  }
}
