package org.whichflops.format.pt2;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;

/**
 * An exported program as far as counting needs it.
 *
 * @param graph the nodes and their values
 * @param inputs the tensors that a caller gives, by their values' names
 * @param parameters parameters by the name of the value that they come in as
 * @param buffers buffers and constants likewise
 * @param modules every module's path in the order of registration, the root's first
 * @param symbols the symbols that sizes are written in
 * @param torch the version of torch that wrote it, as it says
 */
record Program(
    Graph graph,
    List<String> inputs,
    Map<String, Owned> parameters,
    Map<String, Owned> buffers,
    List<String> modules,
    Symbols symbols,
    String torch) {

  /** A graph: the program's own, or one that a node runs. */
  record Graph(
      List<String> inputs, List<Node> nodes, Map<String, Value> values, List<String> outputs) {}

  /**
   * A tensor that a module owns.
   *
   * @param path where: {@code features.0.weight}
   */
  record Owned(String path, Shape shape, boolean trainable) {}

  /** A value's type and sizes. */
  record Value(int dtype, List<SizeExpr> sizes, boolean requiresGrad) {
    private static final int BOOL = 12;
    private static final int FIRST_INTEGER = 1;
    private static final int LAST_INTEGER = 5;

    /** Whether it holds whole numbers or truth values. */
    boolean integral() {
      return dtype == BOOL
          || (dtype >= FIRST_INTEGER && dtype <= LAST_INTEGER)
          || dtype == 28
          || dtype == 34
          || dtype == 35;
    }

    Shape at(long[] symbols) {
      long[] at = new long[sizes.size()];
      for (int i = 0; i < at.length; i++) {
        at[i] = sizes.get(i).at(symbols);
      }
      return Shape.of(at);
    }

    boolean symbolic() {
      return SizeExpr.anySymbolic(sizes);
    }
  }

  /**
   * One call of an operator.
   *
   * @param target the operator, {@code aten.conv2d.default}
   * @param reads every tensor that it is given, in order
   * @param outputs the tensors it returns, in order
   * @param stack the modules it ran in, outermost first
   * @param function torch_fn: {@code conv2d_1;builtin_function_or_method.conv2d}, or empty
   * @param source the last of source_fn_stack: {@code conv2d,torch.conv2d}, or empty
   */
  record Node(
      String target,
      Map<String, Argument> arguments,
      List<String> reads,
      List<String> outputs,
      List<Frame> stack,
      String function,
      String source) {

    /** The operator without namespace and overload: {@code conv2d}. */
    String operator() {
      int first = target.indexOf('.');
      int second = target.indexOf('.', first + 1);
      return first < 0
          ? target
          : target.substring(first + 1, second < 0 ? target.length() : second);
    }

    boolean isAten() {
      return target.startsWith("aten.");
    }

    /** What messages call it: the name of its first value. */
    String name() {
      return outputs.isEmpty() ? target : outputs.get(0);
    }

    @Nullable Argument argument(String name) {
      return arguments.get(name);
    }
  }

  /**
   * A module that was running.
   *
   * @param path {@code layer1.0}
   * @param type its class
   * @param call which call of the module this is, from 0
   */
  record Frame(String path, String type, int call) {}
}
