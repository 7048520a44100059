package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/**
 * An operator that nobody here knows, or whose sizes nobody can. Its arithmetic is not counted, and
 * said so; its outputs have the shapes that the file says they have. Where it says none, what
 * follows is not counted either, until a shape is known again.
 */
final class UnknownOperation implements Operation {
  static final UnknownOperation INSTANCE = new UnknownOperation();

  private static final Operator UNCOUNTED = Observed.uncounted("onnx");

  private UnknownOperation() {}

  @Override
  public void run(NodeRun node) {
    run(node, "operator %s is not known".formatted(node.node().qualifiedOp()));
  }

  /** The same for an operator that is known but whose sizes are not. */
  static void run(NodeRun node, String why) {
    node.execution().shared().notes().unknown(node.node());
    for (int i = 0; i < node.outputCount(); i++) {
      if (node.wants(i)) {
        ValueInfo info = node.execution().info(node.node().outputs()[i]);
        long[] sizes = sizes(node, info, why);
        if (sizes == null) {
          node.output(i, Value.unsized(info == null ? ElementType.UNDEFINED : info.type()));
        } else {
          output(node, i, sizes, info);
        }
      }
    }
  }

  private static void output(NodeRun node, int i, long[] sizes, @Nullable ValueInfo info) {
    ElementType type = info == null ? ElementType.UNDEFINED : info.type();
    if (!node.anyLive()) {
      node.output(i, Value.constant(type, sizes, null));
      return;
    }
    Tensor[] live = new Tensor[node.inputCount()];
    int count = 0;
    for (int at = 0; at < live.length; at++) {
      Value value = node.find(at);
      if (value != null && value.live() && value.sized()) {
        live[count++] = value.tensor(node.pass());
      }
    }
    Tensor[] inputs = java.util.Arrays.copyOf(live, count);
    Tensor[] outputs = {Observed.tensor(node.pass(), Shape.of(sizes))};
    Function function = Function.named("onnx." + node.node().qualifiedOp());
    Observed.call(node.pass(), function, UNCOUNTED, Arguments.NONE, inputs, outputs);
    node.output(i, Value.live(type, outputs[0]));
  }

  /** Open sizes have names, and those are bound by the network's input; null where one is not. */
  private static long @Nullable [] sizes(NodeRun node, @Nullable ValueInfo info, String why) {
    long[] said = info == null ? null : info.sizes();
    if (info == null || said == null) {
      return null;
    }
    long[] sizes = said.clone();
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == ValueInfo.OPEN) {
        String name = info.names()[i];
        Long bound = name == null ? null : node.execution().shared().bound(name);
        if (bound == null) {
          return null;
        }
        sizes[i] = bound;
      } else {
        node.execution().shared().expectExported(why);
      }
    }
    return sizes;
  }
}
