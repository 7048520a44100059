package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;

/** Recurrent layers, one node each, and attention that was taken apart. */
final class RecurrentOperations {
  private RecurrentOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "RNN" -> node -> recurrent(node, 1);
      case "GRU" -> node -> recurrent(node, 3);
      case "LSTM" -> node -> recurrent(node, 4);
      case Fusion.ATTENTION -> RecurrentOperations::attention;
      default -> null;
    };
  }

  /** W is [directions, gates * hidden, input]; the outputs are [T, directions, B, hidden]. */
  private static void recurrent(NodeRun node, int gates) {
    Value x = node.input(0);
    Value w = node.input(1);
    if (x.rank() != 3 || w.rank() != 3 || w.size(1) % gates != 0 || w.size(2) != x.size(2)) {
      throw new ShapeException("an input of %s does not fit its weight of %s".formatted(x, w));
    }
    long directions = w.size(0);
    long hidden = w.size(1) / gates;
    boolean batchFirst = node.integer("layout", 0) == 1;
    if (directions < 1 || directions > 2) {
      throw new ShapeException("it has %d directions, and 2 are the most".formatted(directions));
    }
    RecurrentArguments arguments =
        new RecurrentArguments(
            NodeRun.small("input size", w.size(2)),
            NodeRun.small("hidden size", hidden),
            0,
            1,
            directions == 2,
            node.has(3),
            batchFirst,
            gates,
            false);
    long steps = x.size(batchFirst ? 1 : 0);
    long batch = x.size(batchFirst ? 0 : 1);
    long[] all =
        batchFirst
            ? new long[] {batch, steps, directions, hidden}
            : new long[] {steps, directions, batch, hidden};
    long[] last =
        batchFirst
            ? new long[] {batch, directions, hidden}
            : new long[] {directions, batch, hidden};
    if (!x.computes()) {
      node.output(0, node.result(x.type(), all));
      node.output(1, node.result(x.type(), last));
      node.output(2, node.result(x.type(), last));
      return;
    }
    Tensor[] outputs = Recurrence.layer(node.tensor(0), arguments);
    node.output(0, moved(node, x, outputs[0], all));
    for (int i = 1; i < outputs.length; i++) {
      node.output(i, moved(node, x, outputs[i], last));
    }
  }

  /** PyTorch's output laid out as ONNX's, which keeps directions apart from features. */
  private static Value moved(NodeRun node, Value x, Tensor output, long[] sizes) {
    return Value.live(x.type(), node.moved(Move.RESHAPE, output, sizes));
  }

  private static void attention(NodeRun node) {
    node.output(
        Attention.scaledDotProduct(node.tensor(0), node.tensor(1), node.tensor(2), node.has(3)));
  }
}
