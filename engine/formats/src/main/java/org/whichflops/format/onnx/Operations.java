package org.whichflops.format.onnx;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every operator that is understood: those of ONNX's own domain, and a few of ONNX Runtime's. */
final class Operations {
  /** ONNX Runtime's operators, where it has them under the names of ours. */
  private static final String MICROSOFT = "com.microsoft";

  /** What was found, by name: a node that a file has a hundred times is looked up once. */
  private static final Map<String, Operation> FOUND = new ConcurrentHashMap<>();

  private Operations() {}

  /** What a node does; a function of the file comes before an operator of the same name. */
  static Operation of(Node node, Map<String, Model.Function> functions) {
    if (!functions.isEmpty()) {
      Model.Function function = functions.get(Model.Function.key(node.domain(), node.op()));
      if (function != null) {
        return ControlOperations.function(function);
      }
    }
    Operation known = find(node);
    return known != null ? known : UnknownOperation.INSTANCE;
  }

  private static @Nullable Operation find(Node node) {
    return switch (node.domain()) {
      case "", Fusion.DOMAIN -> find(node.op());
      case MICROSOFT -> node.op().equals("Gelu") ? find("Gelu") : null;
      default -> null;
    };
  }

  private static @Nullable Operation find(String op) {
    Operation found = FOUND.get(op);
    if (found == null) {
      Operation made = make(op);
      Operation first = made == null ? null : FOUND.putIfAbsent(op, made);
      found = first == null ? made : first;
    }
    return found;
  }

  /**
   * Asks the groups, each of which is a switch and no map: Java links a row's lambda when the row
   * is taken for the first time. A file has a dozen operators, and all 150 take a new JVM 15 ms.
   */
  private static @Nullable Operation make(String op) {
    Operation made = ElementwiseOperations.find(op);
    made = made != null ? made : BinaryOperations.find(op);
    made = made != null ? made : LayoutOperations.find(op);
    made = made != null ? made : SelectionOperations.find(op);
    made = made != null ? made : ShapeOperations.find(op);
    made = made != null ? made : ConvolutionOperations.find(op);
    made = made != null ? made : ProductOperations.find(op);
    made = made != null ? made : PoolOperations.find(op);
    made = made != null ? made : NormalizationOperations.find(op);
    made = made != null ? made : ReductionOperations.find(op);
    made = made != null ? made : RecurrentOperations.find(op);
    return made != null ? made : ControlOperations.find(op);
  }
}
