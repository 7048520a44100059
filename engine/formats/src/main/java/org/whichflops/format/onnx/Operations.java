package org.whichflops.format.onnx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every operator that is understood: those of ONNX's own domain, and a few of ONNX Runtime's. */
final class Operations {
  /** ONNX Runtime's operators, where it has them under the names of ours. */
  private static final String MICROSOFT = "com.microsoft";

  private static final Map<String, Operation> ALL = all();

  private Operations() {}

  private static Map<String, Operation> all() {
    Map<String, Operation> all = new HashMap<>();
    ElementwiseOperations.register(all);
    BinaryOperations.register(all);
    LayoutOperations.register(all);
    SelectionOperations.register(all);
    ShapeOperations.register(all);
    ConvolutionOperations.register(all);
    ProductOperations.register(all);
    PoolOperations.register(all);
    NormalizationOperations.register(all);
    ReductionOperations.register(all);
    RecurrentOperations.register(all);
    ControlOperations.register(all);
    return all;
  }

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
      case "", Fusion.DOMAIN -> ALL.get(node.op());
      case MICROSOFT -> node.op().equals("Gelu") ? ALL.get("Gelu") : null;
      default -> null;
    };
  }
}
