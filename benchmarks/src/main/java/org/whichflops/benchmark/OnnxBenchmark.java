package org.whichflops.benchmark;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
 * Reading an ONNX file and counting it: a chain of nodes, a hundred a module, each of which reads
 * the one before. The time grows as the nodes do, and a million fit into 1 GB.
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
  private static final int BYTES = 2;

  /** Nodes in the file. */
  @Param({"1000", "10000", "100000", "1000000"})
  private int nodes;

  private Path file;
  private Convention convention;

  /** Writes the chain. */
  @Setup
  public void write() throws IOException {
    convention = Conventions.installed().find("exact");
    file = Files.createTempFile("chain", ".onnx");
    Path nodesFile = Files.createTempFile("chain", ".nodes");
    try (OutputStream graph = new BufferedOutputStream(Files.newOutputStream(nodesFile))) {
      for (int i = 0; i < nodes; i++) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        text(node, 1, "v" + i);
        text(node, 2, "v" + (i + 1));
        text(node, 3, "/body/body." + i / 100 + "/Relu_" + i % 100);
        text(node, 4, "Relu");
        field(graph, 1, node.toByteArray());
      }
      field(graph, 11, value("v0"));
      field(graph, 12, value("v" + nodes));
    }
    ByteArrayOutputStream opset = new ByteArrayOutputStream();
    opset.write(2 << 3);
    opset.write(17);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[] {1 << 3, 8}); // the version of the format
      start(out, 7, (int) Files.size(nodesFile));
      Files.copy(nodesFile, out);
      field(out, 8, opset.toByteArray());
    }
    Files.delete(nodesFile);
  }

  /** A value of 1x8x4x4 real numbers. */
  private static byte[] value(String name) throws IOException {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (int size : new int[] {1, 8, 4, 4}) {
      field(shape, 1, new byte[] {1 << 3, (byte) size});
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    tensor.write(new byte[] {1 << 3, 1});
    field(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream type = new ByteArrayOutputStream();
    field(type, 1, tensor.toByteArray());
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    text(value, 1, name);
    field(value, 2, type.toByteArray());
    return value.toByteArray();
  }

  private static void text(OutputStream out, int number, String text) throws IOException {
    field(out, number, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void field(OutputStream out, int number, byte[] bytes) throws IOException {
    start(out, number, bytes.length);
    out.write(bytes);
  }

  private static void start(OutputStream out, int number, int length) throws IOException {
    out.write(number << 3 | BYTES);
    int rest = length;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write((rest & 0x7F) | 0x80);
    }
    out.write(rest);
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
