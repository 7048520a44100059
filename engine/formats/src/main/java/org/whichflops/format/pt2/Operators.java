package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.SoftmaxArguments;

/** Makes a step of a node, by its operator. */
final class Operators {
  /** Operators of ATen that move numbers, make them from nothing or compare sizes. */
  private static final Set<String> MOVES =
      Set.of(
          """
          _assert_tensor_metadata _to_copy _unsafe_view alias all alpha_dropout any
          as_strided atleast_1d atleast_2d bernoulli bitwise_and bitwise_not bitwise_or
          bitwise_xor broadcast_to channel_shuffle chunk clone col2im constant_pad_nd
          contiguous copy copy_ detach diagonal dstack empty empty_like empty_strided
          expand_as eye feature_alpha_dropout feature_dropout fill flip full full_like hsplit
          hstack im2col index_copy index_fill index_put index_put_ isfinite isinf isnan
          layout lift lift_fresh lift_fresh_copy linspace logical_and logical_not logical_or
          logical_xor masked_scatter masked_select meshgrid moveaxis movedim narrow
          native_channel_shuffle native_dropout new_empty new_full new_ones nonzero numpy_T
          one_hot ones ones_like permute_copy pixel_shuffle pixel_unshuffle rand rand_like
          randn randn_like randperm ravel reflection_pad1d reflection_pad2d reflection_pad3d
          repeat_interleave replication_pad1d replication_pad2d replication_pad3d reshape_as
          resize_ roll rot90 scalar_tensor scatter select_copy select_scatter set_ slice_copy
          slice_scatter split_with_sizes split_with_sizes_copy squeeze_copy swapaxes swapdims
          t take take_along_dim tensor_split tile to transpose_copy tril triu type_as
          unbind_copy unfold unsqueeze_copy view_as view_copy vsplit vstack zeros zeros_like
          """
              .replace('\n', ' ')
              .split(" ")); // of one letter, which takes no regular expression

  /** Operators of ATen that the engine has under another name. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("_log_softmax", "log_softmax"),
          Map.entry("_softmax", "softmax"),
          Map.entry("absolute", "abs"),
          Map.entry("clip", "clamp"),
          Map.entry("concat", "cat"),
          Map.entry("concatenate", "cat"),
          Map.entry("divide", "div"),
          Map.entry("greater", "gt"),
          Map.entry("greater_equal", "ge"),
          Map.entry("less", "lt"),
          Map.entry("less_equal", "le"),
          Map.entry("log_sigmoid_forward", "log_sigmoid"),
          Map.entry("max", "amax"),
          Map.entry("min", "amin"),
          Map.entry("multiply", "mul"),
          Map.entry("negative", "neg"),
          Map.entry("not_equal", "ne"),
          Map.entry("split_with_sizes", "split"),
          Map.entry("square", "pow"),
          Map.entry("subtract", "sub"),
          Map.entry("true_divide", "div"));

  private final Values values;
  private final Map<String, List<String>> uncounted = new LinkedHashMap<>();

  Operators(Values values) {
    this.values = values;
  }

  /** The operators whose arithmetic is not known, each with the nodes that are calls of it. */
  List<String> uncounted() {
    List<String> all = new ArrayList<>();
    uncounted.forEach((target, nodes) -> all.add(target + " (" + named(nodes) + ")"));
    return all;
  }

  private static String named(List<String> nodes) {
    return nodes.size() <= 5
        ? String.join(", ", nodes)
        : String.join(", ", nodes.subList(0, 5)) + " and " + (nodes.size() - 5) + " more";
  }

  /** A node that is all that a function did, or one of several whose function is recorded. */
  Step step(Program.Node node, String function) {
    NodeReader reader = new NodeReader(node, values);
    String name = node.operator();
    String plain = withoutUnderscore(name);
    return switch (plain) {
      case "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d" ->
          Convolutions.convolution(reader);
      case "conv_transpose3d", "convolution", "_convolution" -> Convolutions.convolution(reader);
      case "deform_conv2d" -> Convolutions.deformable(reader);
      case "linear" -> Products.linear(reader);
      case "bilinear" ->
          Products.bilinear(
              reader,
              reader.slot("input1"),
              reader.slot("input2"),
              reader.tensor("weight"),
              reader.optionalSlot("bias"),
              reader.output());
      case "matmul" ->
          Products.matmul(function, reader.slot("self"), reader.slot("other"), reader.output());
      case "einsum" -> Products.einsum(reader);
      case "scaled_dot_product_attention",
          "_scaled_dot_product_flash_attention",
          "_scaled_dot_product_flash_attention_for_cpu",
          "_scaled_dot_product_efficient_attention",
          "_scaled_dot_product_cudnn_attention" ->
          Products.attention(reader);
      case "batch_norm",
          "native_batch_norm",
          "_native_batch_norm_legit",
          "_native_batch_norm_legit_functional",
          "_native_batch_norm_legit_no_training",
          "_batch_norm_with_update",
          "cudnn_batch_norm" ->
          Normalizations.batch(reader);
      case "instance_norm" ->
          Normalizations.instance(
              reader, reader.slot("input"), reader.has("weight"), reader.output());
      case "layer_norm", "native_layer_norm" -> Normalizations.layer(reader);
      case "rms_norm" -> Normalizations.rootMeanSquare(reader);
      case "group_norm", "native_group_norm" -> Normalizations.group(reader);
      case "lstm", "gru", "rnn_tanh", "rnn_relu" -> Recurrences.layer(reader);
      case "lstm_cell", "gru_cell", "rnn_tanh_cell", "rnn_relu_cell" -> Recurrences.cell(reader);
      case "embedding" -> embedding(reader);
      default -> byName(reader, name, plain, function);
    };
  }

  private static String withoutUnderscore(String name) {
    return name.length() > 1 && name.endsWith("_") && !name.endsWith("__")
        ? name.substring(0, name.length() - 1)
        : name;
  }

  private static Step embedding(NodeReader node) {
    int table = node.slot("weight");
    int indices = node.slot("indices");
    return FunctionStep.of(
        node.output(), (run, a) -> F.embedding(run.tensor(indices), run.weight(table)));
  }

  private Step byName(NodeReader node, String name, String plain, String function) {
    if (plain.startsWith("upsample_") || plain.startsWith("_upsample_nearest_exact")) {
      return Pools.interpolation(node, function);
    }
    if (plain.contains("adaptive_") && plain.contains("_pool") && Pools.dims(plain) > 0) {
      return Pools.adaptive(node);
    }
    if ((plain.startsWith("max_pool") || plain.startsWith("avg_pool")) && Pools.dims(plain) > 0) {
      return Pools.sliding(node);
    }
    if (plain.equals("prelu") && node.has("weight")) {
      int x = node.slot("self");
      int w = node.slot("weight");
      return FunctionStep.of(node.output(), (run, a) -> F.prelu(run.tensor(x), run.weight(w)));
    }
    return observed(node, operator(node, name, plain), function);
  }

  private Step observed(NodeReader node, Operator operator, String function) {
    String plain = withoutUnderscore(node.node().operator());
    return new ObservedStep(
        function.isEmpty() ? null : Function.named(function),
        operator,
        arguments(node, plain),
        values.slots(node.node().reads()),
        node.outputs());
  }

  private static Arguments arguments(NodeReader node, String plain) {
    if (plain.endsWith("softmax") || plain.startsWith("cumsum")) {
      return new SoftmaxArguments(node.small("dim", -1));
    }
    if (plain.equals("addmm") || plain.equals("baddbmm")) {
      Double beta = node.number("beta");
      return Observed.added(beta == null || beta != 0);
    }
    return Observed.ELEMENTWISE;
  }

  /** The engine's operator; one that counts nothing where it moves whole numbers or is unknown. */
  private Operator operator(NodeReader node, String name, String plain) {
    if (!node.node().isAten()) {
      return unknown(node, node.node().target());
    }
    if (integral(node)) {
      return Observed.uncounted(name);
    }
    Operator known = known(node, name, plain);
    if (known != null) {
      return known;
    }
    return MOVES.contains(plain) || MOVES.contains(name)
        ? Observed.uncounted(name)
        : unknown(node, name);
  }

  private static @Nullable Operator known(NodeReader node, String name, String plain) {
    String variant =
        switch (plain) {
          case "gelu" -> "tanh".equals(node.text("approximate")) ? "gelu[tanh]" : "gelu";
          case "pow" -> power(node);
          case "clamp", "clip" -> node.has("min") && node.has("max") ? "clamp" : "clamp[one bound]";
          case "max" -> node.has("other") ? "maximum" : "amax";
          case "min" -> node.has("other") ? "minimum" : "amin";
          default -> "";
        };
    if (!variant.isEmpty()) {
      return Observed.operator(variant);
    }
    Operator exact = Observed.operator(name);
    if (exact != null) {
      return exact;
    }
    Operator notInPlace = Observed.operator(plain);
    if (notInPlace != null) {
      return notInPlace;
    }
    String other = OTHER_NAMES.get(plain);
    return other == null ? null : Observed.operator(other);
  }

  private static String power(NodeReader node) {
    Double exponent = node.number("exponent");
    return exponent != null && exponent == 2 ? "pow" : "pow[other than 2]";
  }

  /** Whether it makes whole numbers or truth values out of nothing else: masks, positions. */
  private boolean integral(NodeReader node) {
    for (String output : node.node().outputs()) {
      if (!values.value(output).integral()) {
        return false;
      }
    }
    for (String input : node.node().reads()) {
      if (!values.value(input).integral()) {
        return false;
      }
    }
    return true;
  }

  private Operator unknown(NodeReader node, String name) {
    uncounted
        .computeIfAbsent(node.node().target(), target -> new ArrayList<>())
        .add(node.node().name());
    return Observed.uncounted(name);
  }
}
