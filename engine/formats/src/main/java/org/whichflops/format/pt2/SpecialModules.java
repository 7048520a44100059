package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.MultiheadAttention;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * Modules that are the engine's own and not a replay of their nodes: those which call something
 * else in another mode, and those whose arguments tools read off the module.
 */
final class SpecialModules {
  private static final String ATTENTION = "torch.nn.modules.activation.MultiheadAttention";
  private static final String EMBEDDING = "torch.nn.modules.sparse.Embedding";
  private static final String POOLING = "torch.nn.modules.pooling.Adaptive";

  private final Values values;
  private final Border border;
  private final ModuleTree tree;
  private final Map<String, Module> modules = new HashMap<>();

  SpecialModules(Values values, Border border, ModuleTree tree) {
    this.values = values;
    this.border = border;
    this.tree = tree;
  }

  /** Looks whether a call is of such a module. */
  void consider(CallTree.Call call) {
    String path = call.frame().path();
    if (modules.containsKey(path)) {
      return;
    }
    String type = call.frame().type();
    Module module = null;
    if (type.equals(ATTENTION)) {
      module = attention(call);
    } else if (type.startsWith(POOLING)) {
      module = pooling(call);
    } else if (type.equals(Linear.TYPE.qualifiedName()) || type.equals(EMBEDDING)) {
      module = weighted(call);
    }
    if (module != null) {
      modules.put(path, module);
      tree.special(path, module);
    }
  }

  /** The step of a call of such a module; null for any other. */
  @Nullable Step step(CallTree.Call call) {
    Module module = modules.get(call.frame().path());
    if (module == null) {
      return null;
    }
    List<Program.Node> inside = Border.nodes(call);
    List<String> given = border.givenTo(call, inside);
    int[] inputs = values.slots(given.size() == 2 ? projected(inside, given) : given);
    Run.Output[] outputs = values.outputs(border.outputs(inside));
    int times = module instanceof MultiheadAttention ? 3 : 1;
    return run -> {
      Tensor[] asked = new Tensor[times];
      for (int i = 0; i < times; i++) {
        asked[i] = run.tensor(inputs[Math.min(i, inputs.length - 1)]);
      }
      Tensor[] results = module.call(asked);
      for (Run.Output output : outputs) {
        run.set(output, fitting(results, output, run.symbols()));
      }
    };
  }

  /**
   * Queries, keys and values where one of two tensors is two of them: what goes into the three
   * projections. Where keys and values are one tensor there are two, and the two are in order.
   */
  private List<String> projected(List<Program.Node> inside, List<String> given) {
    Map<String, String> turned = new HashMap<>();
    List<String> projected = new ArrayList<>();
    boolean apart = false;
    for (Program.Node node : inside) {
      NodeReader reader = new NodeReader(node, values);
      switch (node.operator()) {
        case "chunk" -> apart = true;
        case "transpose" -> {
          String from = reader.tensor("self");
          turned.put(node.outputs().get(0), turned.getOrDefault(from, from));
        }
        case "linear" -> {
          String x = reader.tensor("input");
          projected.add(turned.getOrDefault(x, x));
        }
        default -> {}
      }
    }
    boolean three = apart && projected.size() > 3 && given.containsAll(projected.subList(0, 3));
    return three ? projected.subList(0, 3) : given;
  }

  private static Tensor fitting(Tensor[] results, Run.Output output, long[] symbols) {
    for (Tensor result : results) {
      if (output.fits(result, symbols)) {
        return result;
      }
    }
    throw new ShapeException(
        "at node '%s' the file has %s but the module gives %s"
            .formatted(output.name(), output.shape(symbols), results[0]));
  }

  /** A linear layer or a table of embeddings, where it is called with one tensor and no more. */
  private @Nullable Module weighted(CallTree.Call call) {
    List<Program.Node> nodes = Border.nodes(call);
    Shape weight = shape(tree.parameters(call.frame().path()).get("weight"));
    boolean biased = tree.parameters(call.frame().path()).containsKey("bias");
    if (weight == null
        || weight.numel() < 1
        || weight.size(0) > Integer.MAX_VALUE
        || weight.size(1) > Integer.MAX_VALUE
        || border.givenTo(call, nodes).size() != 1
        || border.outputs(nodes).size() != 1
        || call.items().size() != 1) {
      return null;
    }
    return call.frame().type().equals(EMBEDDING)
        ? Embedding.embedding(weight.size(0), weight.size(1))
        : new Linear((int) weight.size(1), (int) weight.size(0)).bias(biased);
  }

  private @Nullable Module pooling(CallTree.Call call) {
    List<Program.Node> nodes = Border.nodes(call);
    if (border.givenInputs(nodes).size() != 1 || border.outputs(nodes).size() != 1) {
      return null;
    }
    String type = call.frame().type();
    int dims = Pools.dims(type);
    List<SizeExpr> sizes = values.value(border.outputs(nodes).get(0)).sizes();
    int[] out = new int[dims];
    for (int i = 0; i < dims; i++) {
      Long size = sizes.size() <= dims ? null : sizes.get(sizes.size() - dims + i).constant();
      if (size == null || size > Integer.MAX_VALUE) {
        return null;
      }
      out[i] = size.intValue();
    }
    return type.contains("AdaptiveAvgPool")
        ? AdaptivePool.adaptiveAvgPool(dims, out)
        : AdaptivePool.adaptiveMaxPool(dims, out);
  }

  /** Its weights say how wide it is, the products how many heads, and the nodes the rest. */
  private @Nullable Module attention(CallTree.Call call) {
    List<Program.Node> nodes = Border.nodes(call);
    Map<String, Parameter> weights = tree.parameters(call.frame().path());
    Parameter packed = weights.get("in_proj_weight");
    Parameter query = weights.get("q_proj_weight");
    Parameter width = packed != null ? packed : query;
    int inputs = border.givenInputs(nodes).size();
    long headWidth = headWidth(nodes);
    if (width == null || width.rank() != 2 || inputs < 1 || inputs > 3 || headWidth < 1) {
      return null;
    }
    if (masked(nodes) || weights.containsKey("bias_k")) {
      return null;
    }
    long embedding = width.size(1);
    if (embedding > Integer.MAX_VALUE || embedding % headWidth != 0) {
      return null;
    }
    MultiheadAttention module =
        new MultiheadAttention((int) embedding, (int) (embedding / headWidth));
    module = weights.containsKey("in_proj_bias") ? module : module.noBias();
    module = batchFirst(call) ? module.batchFirst() : module;
    module = needsWeights(nodes) ? module : module.withoutWeights();
    Shape keys = shape(weights.get("k_proj_weight"));
    Shape values = shape(weights.get("v_proj_weight"));
    return query == null || keys == null || values == null
        ? module
        : module.keysAndValues((int) keys.size(1), (int) values.size(1));
  }

  private static @Nullable Shape shape(@Nullable Parameter parameter) {
    return parameter == null || parameter.rank() != 2 ? null : parameter.shape();
  }

  private static boolean masked(List<Program.Node> nodes) {
    return nodes.stream()
        .anyMatch(
            node ->
                node.operator().equals("scaled_dot_product_attention")
                    && node.argument("attn_mask") instanceof Argument.Tensor);
  }

  /** The last size of the first product's first factor. */
  private long headWidth(List<Program.Node> nodes) {
    for (Program.Node node : nodes) {
      NodeReader reader = new NodeReader(node, values);
      String factor =
          switch (node.operator()) {
            case "scaled_dot_product_attention" -> reader.optionalTensor("query");
            case "bmm" -> reader.optionalTensor("self");
            case "baddbmm" -> reader.optionalTensor("batch1");
            default -> null;
          };
      if (factor != null) {
        List<SizeExpr> sizes = values.value(factor).sizes();
        Long last = sizes.isEmpty() ? null : sizes.get(sizes.size() - 1).constant();
        return last == null ? 0 : last;
      }
    }
    return 0;
  }

  /** With the batch first, the module begins with a transposition of its own. */
  private static boolean batchFirst(CallTree.Call call) {
    return call.items().stream()
        .anyMatch(item -> item instanceof CallTree.Group g && g.function().endsWith(".transpose"));
  }

  /** Weights that are returned are averaged over the heads. */
  private static boolean needsWeights(List<Program.Node> nodes) {
    return nodes.stream().anyMatch(node -> node.operator().equals("mean"));
  }
}
