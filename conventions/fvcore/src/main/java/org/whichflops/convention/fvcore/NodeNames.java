package org.whichflops.convention.fvcore;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** How a trace's nodes are called, and which of them fvcore holds for free. */
final class NodeNames {
  private static final String ATEN = "aten::";

  /** Functions that a trace calls otherwise than the operator that runs. */
  private static final Map<String, String> BY_FUNCTION =
      Map.ofEntries(
          Map.entry("F.bilinear", "bilinear"),
          Map.entry("F.dropout1d", "feature_dropout"),
          Map.entry("F.dropout2d", "feature_dropout"),
          Map.entry("F.dropout3d", "feature_dropout"),
          Map.entry("Tensor.contiguous", "contiguous"),
          Map.entry("Tensor.expand_as", "expand_as"),
          Map.entry("Tensor.float", "to"),
          Map.entry("Tensor.long", "to"),
          Map.entry("Tensor.t", "t"),
          Map.entry("Tensor.to", "to"),
          Map.entry("Tensor.type_as", "type_as"),
          Map.entry("torch.repeat_interleave", "repeat_interleave"),
          Map.entry("torch.tensor_split", "tensor_split"));

  /** {@code _IGNORED_OPS} (fvcore/nn/jit_analysis.py:27), as far as a forward pass has them. */
  private static final Set<String> FREE =
      Set.of(
          "arange",
          "cat",
          "chunk",
          "clamp",
          "clamp_",
          "constant_pad_nd",
          "contiguous",
          "copy_",
          "detach",
          "dropout",
          "eq",
          "expand",
          "flatten",
          "full",
          "gather",
          "index",
          "index_put_",
          "masked_fill",
          "max",
          "narrow",
          "new_zeros",
          "ones",
          "permute",
          "relu",
          "relu_",
          "reshape",
          "roll",
          "select",
          "slice",
          "split",
          "split_with_sizes",
          "squeeze",
          "stack",
          "t",
          "to",
          "transpose",
          "type_as",
          "unbind",
          "unsqueeze",
          "unsqueeze_",
          "view",
          "zeros",
          "zeros_like");

  /** What a recurrent cell is traced as, beside its linear nodes. */
  private static final Map<String, List<String>> CELLS =
      Map.of(
          "torch.rnn_tanh_cell",
          List.of("add_", "tanh"),
          "torch.lstm_cell",
          List.of(
              "add_",
              "unsafe_chunk",
              "sigmoid_",
              "sigmoid_",
              "tanh_",
              "sigmoid_",
              "mul",
              "mul",
              "add_",
              "tanh",
              "mul"),
          "torch.gru_cell",
          List.of(
              "unsafe_chunk",
              "unsafe_chunk",
              "add_",
              "sigmoid_",
              "add_",
              "sigmoid_",
              "mul_",
              "add",
              "tanh_",
              "sub",
              "mul_",
              "add_"));

  private NodeNames() {}

  /** The nodes that a call is traced as; mostly one. */
  static List<String> of(ForwardPass pass, Call call) {
    String function = call.parent() < 0 ? "" : pass.call(call.parent()).callee().key();
    String key = call.callee().key();
    if (CELLS.containsKey(function)) {
      return CELLS.getOrDefault(function, List.of()).stream().map(NodeNames::node).toList();
    }
    if (key.equals("aten.deform_conv2d")) {
      return List.of("torchvision::deform_conv2d");
    }
    return List.of(node(BY_FUNCTION.getOrDefault(function, key.substring(key.indexOf('.') + 1))));
  }

  /** The node of an operator. */
  static String node(String operator) {
    return ATEN + operator;
  }

  /** Whether fvcore holds a node for free, and so is silent about it. */
  static boolean isFree(String node) {
    return node.startsWith(ATEN) && FREE.contains(node.substring(ATEN.length()));
  }
}
