package org.whichflops.format.pt2;

import java.util.Map;
import java.util.Set;

/**
 * The Python function that made a node, by the engine's names: {@code F.relu}, {@code torch.cat},
 * {@code Tensor.view}, {@code Tensor.__add__}.
 *
 * <p>{@code source_fn_stack} has it as the code called it, in strict exports only; {@code torch_fn}
 * has the function that torch dispatched, where {@code x + y} and {@code x.add(y)} are the same.
 */
final class FunctionNames {
  /** What torch.nn.functional has from C, so that torch_fn tells no more than that. */
  private static final Set<String> BUILTIN_FUNCTIONALS =
      Set.of(
          """
          adaptive_avg_pool1d avg_pool1d avg_pool2d avg_pool3d bilinear celu_ channel_shuffle
          conv1d conv2d conv3d conv_tbc conv_transpose1d conv_transpose2d conv_transpose3d
          cosine_similarity elu_ gelu hardshrink hardtanh_ leaky_relu_ linear logsigmoid
          native_channel_shuffle one_hot pad pdist pixel_shuffle pixel_unshuffle prelu relu_
          rrelu_ scaled_dot_product_attention selu_ softplus softshrink threshold_
          """
              .replace('\n', ' ')
              .split(" ")); // of one letter, which takes no regular expression

  /** What is a Python function in torch.functional, which {@code torch} has under its name. */
  private static final Set<String> TORCH_FUNCTIONS =
      Set.of(
          "einsum",
          "norm",
          "cdist",
          "meshgrid",
          "stft",
          "tensordot",
          "unique",
          "block_diag",
          "broadcast_tensors",
          "cartesian_prod",
          "chain_matmul",
          "unique_consecutive",
          "lu");

  /** Methods that Python's operators call. */
  private static final Set<String> OPERATORS =
      Set.of(
          "add",
          "sub",
          "mul",
          "div",
          "matmul",
          "pow",
          "neg",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "remainder",
          "floor_divide",
          "bitwise_and",
          "bitwise_or",
          "bitwise_xor",
          "bitwise_not",
          "add_",
          "sub_",
          "mul_",
          "div_",
          "pow_");

  /** Activations by the name that no tool replaces. */
  private static final Map<String, String> KEPT =
      Map.of("F.relu", "torch.relu", "F.gelu", "torch._C._nn.gelu");

  private FunctionNames() {}

  /** The name; empty where the file does not tell. */
  static String of(Program.Node node) {
    String source = node.source().substring(node.source().indexOf(',') + 1);
    String named = bySource(source);
    String name = named.isEmpty() ? byDispatch(dispatched(node)) : named;
    return isKept(node) ? KEPT.getOrDefault(name, name) : name;
  }

  /**
   * Whether a module calls an activation that it was given when it was made, or its class was: a
   * tool that replaces the function later does not see that call.
   */
  private static boolean isKept(Program.Node node) {
    int depth = node.stack().size();
    return depth > 0
        && node.stack().get(depth - 1).type().startsWith("torch.nn.modules.transformer.")
        && KEPT.containsKey("F." + node.operator());
  }

  /** Whether {@code x + y} might as well have been {@code x.add(y)}. */
  static boolean ambiguous(Program.Node node) {
    String source = node.source().substring(node.source().indexOf(',') + 1);
    String dispatched = dispatched(node);
    int dot = dispatched.indexOf('.');
    return bySource(source).isEmpty()
        && dispatched.startsWith("method_descriptor.")
        && OPERATORS.contains(dispatched.substring(dot + 1));
  }

  /** Whether all that the source tells is the class of a module. */
  static boolean sourceIsModule(Program.Node node) {
    return node.source().startsWith("torch.nn.modules.", node.source().indexOf(',') + 1);
  }

  private static String dispatched(Program.Node node) {
    return node.function().substring(node.function().lastIndexOf(';') + 1);
  }

  private static String bySource(String source) {
    if (source.isEmpty() || source.startsWith("torch.nn.modules.")) {
      return "";
    }
    String name = source.substring(source.lastIndexOf('.') + 1);
    if (source.startsWith("torch.nn.functional.") || source.startsWith("torch._C._nn.")) {
      return "F." + name;
    }
    if (source.startsWith("torch.functional.") || source.equals("torch." + name)) {
      return BUILTIN_FUNCTIONALS.contains(name) && name.startsWith("conv")
          ? "F." + name
          : "torch." + name;
    }
    if (source.startsWith("_operator.")) {
      return "Tensor.__" + name + "__";
    }
    return source.equals(name) && !name.equals("forward") ? "Tensor." + name : "";
  }

  private static String byDispatch(String dispatched) {
    int dot = dispatched.indexOf('.');
    if (dot < 0) {
      return "";
    }
    String name = dispatched.substring(dot + 1);
    return switch (dispatched.substring(0, dot)) {
      case "function" -> TORCH_FUNCTIONS.contains(name) ? "torch." + name : "F." + name;
      case "builtin_function_or_method" ->
          BUILTIN_FUNCTIONALS.contains(name) ? "F." + name : "torch." + name;
      case "method_descriptor" ->
          OPERATORS.contains(name) ? "Tensor." + operator(name) : "Tensor." + name;
      case "wrapper_descriptor" -> "Tensor." + name;
      default -> "";
    };
  }

  /** {@code add} is {@code __add__}, {@code add_} is {@code __iadd__}, as far as can be told. */
  private static String operator(String method) {
    String name =
        method.equals("div") || method.equals("div_") ? method.replace("div", "truediv") : method;
    return name.endsWith("_")
        ? "__i" + name.substring(0, name.length() - 1) + "__"
        : "__" + name + "__";
  }
}
