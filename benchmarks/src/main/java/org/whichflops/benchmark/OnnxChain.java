package org.whichflops.benchmark;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ONNX file with a chain of nodes, a hundred a module, each of which reads the one before; the
 * first may multiply by a matrix that is stored in the file. Protobuf, written by hand.
 */
final class OnnxChain {
  private static final int BYTES = 2;
  private static final int ROWS = 4;

  private OnnxChain() {}

  /** Writes a chain without weights to a temporary file. */
  static Path of(int nodes) throws IOException {
    return of(nodes, 0);
  }

  /**
   * Writes a chain to a temporary file.
   *
   * @param weights the bytes of the matrix, 16 for each of its columns; 0 for no matrix
   */
  static Path of(int nodes, long weights) throws IOException {
    Path file = Files.createTempFile("chain", ".onnx");
    Path nodesFile = Files.createTempFile("chain", ".nodes");
    try (OutputStream graph = new BufferedOutputStream(Files.newOutputStream(nodesFile))) {
      for (int i = 0; i < nodes; i++) {
        field(graph, 1, node(i, i == 0 && weights > 0));
      }
      field(graph, 11, value("v0"));
      field(graph, 12, value("v" + nodes));
    }
    byte[] matrix = matrix(weights);
    long initializer = weights == 0 ? 0 : matrix.length + weights;
    ByteArrayOutputStream opset = new ByteArrayOutputStream();
    opset.write(2 << 3);
    opset.write(17);
    try (OutputStream out = new BufferedOutputStream(new SparseFile(file))) {
      out.write(new byte[] {1 << 3, 8}); // the version of the format
      start(out, 7, Files.size(nodesFile) + (weights == 0 ? 0 : length(5, initializer)));
      if (weights > 0) {
        start(out, 5, initializer);
        out.write(matrix);
        SparseFile.zeros(out, weights);
      }
      Files.copy(nodesFile, out);
      field(out, 8, opset.toByteArray());
    }
    Files.delete(nodesFile);
    return file;
  }

  private static byte[] node(int i, boolean multiplies) throws IOException {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    String op = multiplies ? "MatMul" : "Relu";
    text(node, 1, "v" + i);
    if (multiplies) {
      text(node, 1, "matrix");
    }
    text(node, 2, "v" + (i + 1));
    text(node, 3, "/body/body." + i / 100 + "/" + op + "_" + i % 100);
    text(node, 4, op);
    return node.toByteArray();
  }

  /** The matrix up to the place where its numbers begin. */
  private static byte[] matrix(long weights) throws IOException {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    tensor.write(new byte[] {1 << 3, ROWS, 1 << 3});
    varint(tensor, weights / Float.BYTES / ROWS);
    tensor.write(new byte[] {2 << 3, 1});
    text(tensor, 8, "matrix");
    start(tensor, 9, weights);
    return tensor.toByteArray();
  }

  /** A value of 1x8x4x4 real numbers. */
  private static byte[] value(String name) throws IOException {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (int size : new int[] {1, 8, 4, ROWS}) {
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

  /** The bytes of a field with so many in it. */
  private static long length(int number, long inside) throws IOException {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start(start, number, inside);
    return start.size() + inside;
  }

  private static void start(OutputStream out, int number, long length) throws IOException {
    out.write(number << 3 | BYTES);
    varint(out, length);
  }

  private static void varint(OutputStream out, long number) throws IOException {
    long rest = number;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write((int) (rest & 0x7F) | 0x80);
    }
    out.write((int) rest);
  }
}
