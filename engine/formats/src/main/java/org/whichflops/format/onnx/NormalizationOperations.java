package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** Normalizations and softmax. */
final class NormalizationOperations {
  private NormalizationOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "BatchNormalization" -> NormalizationOperations::batchNorm;
      case "InstanceNormalization" -> NormalizationOperations::instanceNorm;
      case "LayerNormalization", Fusion.LAYER_NORM ->
          node -> layerNorm(node, node.has(1), node.has(2));
      case "GroupNormalization", Fusion.GROUP_NORM ->
          node -> groupNorm(node, node.integer("num_groups", 1));
      case "RMSNormalization", "SimplifiedLayerNormalization" -> NormalizationOperations::rmsNorm;
      case "LRN" -> node -> node.output(F.localResponseNorm(node.tensor(0), size(node)));
      case "LpNormalization" -> NormalizationOperations::lpNorm;
      case "Softmax", "Hardmax" -> node -> softmax(node, false);
      case "LogSoftmax" -> node -> softmax(node, true);
      default -> null;
    };
  }

  private static boolean plain(NodeRun node) {
    Value x = node.input(0);
    if (!x.computes()) {
      node.output(node.result(x.type(), x.sizes()));
      return true;
    }
    return false;
  }

  /** Networks are counted in evaluation, also where a file was exported for training. */
  private static void batchNorm(NodeRun node) {
    if (plain(node)) {
      return;
    }
    long channels = node.input(1).numel();
    node.output(
        F.batchNorm(node.tensor(0), channels, new NormalizationArguments(true, true, 1, 0)));
    for (int i = 1; i < node.outputCount(); i++) {
      node.output(i, node.result(node.input(0).type(), channels));
    }
  }

  private static void instanceNorm(NodeRun node) {
    if (plain(node)) {
      return;
    }
    Value x = node.input(0);
    if (x.rank() < 2 || node.input(1).numel() != x.size(1)) {
      throw new ShapeException(
          "it scales %d channels but its input is %s".formatted(node.input(1).numel(), x));
    }
    node.output(F.instanceNorm(node.tensor(0), new NormalizationArguments(true, true, 1, 0)));
  }

  private static Shape normalized(NodeRun node, long axis) {
    long[] sizes = node.input(0).sizes();
    return Shape.of(Arrays.copyOfRange(sizes, NodeRun.dim(axis, sizes.length), sizes.length));
  }

  private static void layerNorm(NodeRun node, boolean scaled, boolean shifted) {
    if (!plain(node)) {
      Shape last = normalized(node, node.integer("axis", -1));
      node.output(
          F.layerNorm(
              node.tensor(0), last, new NormalizationArguments(scaled, shifted, -1, last.numel())));
    }
    if (node.wants(1) || node.wants(2)) {
      long[] sizes = node.input(0).sizes();
      Arrays.fill(sizes, NodeRun.dim(node.integer("axis", -1), sizes.length), sizes.length, 1);
      node.output(1, node.result(ElementType.FLOAT, sizes));
      node.output(2, node.result(ElementType.FLOAT, sizes));
    }
  }

  private static void groupNorm(NodeRun node, long groups) {
    if (!plain(node)) {
      int count = NodeRun.small("num_groups", groups);
      if (count < 1) {
        throw new ShapeException("num_groups is " + groups);
      }
      node.output(
          F.groupNorm(node.tensor(0), count, new NormalizationArguments(true, true, 1, -count)));
    }
  }

  private static void rmsNorm(NodeRun node) {
    if (!plain(node)) {
      Shape last = normalized(node, node.integer("axis", -1));
      node.output(
          F.rmsNorm(
              node.tensor(0),
              last,
              new NormalizationArguments(node.has(1), false, -1, last.numel())));
    }
  }

  private static int size(NodeRun node) {
    long size = node.integer("size", 1);
    if (size < 1 || node.input(0).rank() < 3) {
      throw new ShapeException(
          "it averages over %d channels of an input of %s".formatted(size, node.input(0)));
    }
    return NodeRun.small("size", size);
  }

  private static void lpNorm(NodeRun node) {
    if (!plain(node)) {
      int rank = node.input(0).rank();
      node.output(F.normalize(node.tensor(0), NodeRun.dim(node.integer("axis", -1), rank)));
    }
  }

  /** Before set 13 all dimensions from the axis on are one row. */
  private static void softmax(NodeRun node, boolean log) {
    if (plain(node)) {
      return;
    }
    Value x = node.input(0);
    boolean rows = node.opset() < 13;
    int axis = NodeRun.dim(node.integer("axis", rows ? 1 : -1), x.rank());
    if (!rows || axis >= x.rank() - 1) {
      node.output(one(node.tensor(0), axis, log));
      return;
    }
    long[] sizes = x.sizes();
    long row = TensorInfo.numel(Arrays.copyOfRange(sizes, axis, sizes.length));
    long count = TensorInfo.numel(Arrays.copyOf(sizes, axis));
    Tensor y = one(node.moved(Move.RESHAPE, node.tensor(0), count, row), 1, log);
    node.output(node.moved(Move.RESHAPE, y, sizes));
  }

  private static Tensor one(Tensor x, int axis, boolean log) {
    return log ? F.logSoftmax(x, axis) : F.softmax(x, axis);
  }
}
