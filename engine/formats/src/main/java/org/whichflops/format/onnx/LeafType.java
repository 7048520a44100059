package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.RecurrentArguments;

/**
 * The class of a module that an exporter left nothing of but its operators. A module of one
 * operator is taken for the {@code torch.nn} module that runs it; any other stays unknown.
 *
 * @param type the class
 * @param arguments what formulas may ask for, null where the function called inside knows
 */
record LeafType(ModuleType type, @Nullable Arguments arguments) {
  private static final Arguments LINEAR = LeafType::linear;
  private static final Arguments ATTENTION = LeafType::attention;

  /**
   * The class of the module that these nodes are one call of, or null.
   *
   * @param ranks the number of dimensions of each node's first input
   */
  static @Nullable LeafType of(List<Node> nodes, List<Integer> ranks, NodeSizes sizes) {
    List<Node> computing = new ArrayList<>();
    int rank = 0;
    boolean turned = false;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (moves(node)) {
        turned |= computing.isEmpty() && node.is("Transpose");
      } else {
        rank = computing.isEmpty() ? ranks.get(i) : rank;
        computing.add(node);
      }
    }
    if (computing.isEmpty()) {
      return nodes.size() == 1 && nodes.get(0).is("Flatten") ? plain("flatten", "Flatten") : null;
    }
    Node first = computing.get(0);
    if (computing.size() > 1 && attends(computing, sizes)) {
      return new LeafType(ModuleType.nn("activation", "MultiheadAttention"), ATTENTION);
    }
    for (Node node : computing) {
      if (!node.op().equals(first.op())) {
        return null;
      }
    }
    if (recurrent(first)) {
      return recurrent(first, computing.size(), turned, sizes);
    }
    boolean alone = nodes.size() == 1 || padded(nodes, first) || first.is("Softmax");
    return computing.size() == 1 && alone ? one(first, rank, sizes) : null;
  }

  /** Attention with the packed projection that nn.MultiheadAttention has. */
  private static boolean attends(List<Node> nodes, NodeSizes sizes) {
    boolean packed = false;
    boolean fused = false;
    for (Node node : nodes) {
      fused |= node.op().equals(Fusion.ATTENTION);
      for (int i = 1; i < node.inputs().length; i++) {
        packed |= sizes.name(node, i).contains("in_proj_");
      }
    }
    return packed && fused;
  }

  /** nn.Conv2d pads by itself where its padding_mode is not zeros. */
  private static boolean padded(List<Node> nodes, Node last) {
    return last.is("Conv") && nodes.size() == 2 && nodes.get(0).is("Pad");
  }

  /** Operators that a layer may have beside the one that it is for. */
  private static boolean moves(Node node) {
    return switch (node.op()) {
      case "Transpose",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Slice",
          "Concat",
          "Cast",
          "Expand",
          "Identity",
          "Pad",
          "Flatten",
          "Split" ->
          true;
      default -> false;
    };
  }

  private static boolean recurrent(Node node) {
    return node.is("LSTM") || node.is("GRU") || node.is("RNN");
  }

  private static LeafType plain(String file, String name) {
    return new LeafType(ModuleType.nn(file, name), null);
  }

  private static LeafType plain(String file, String name, int dims) {
    return plain(file, name + Math.max(1, Math.min(3, dims)) + "d");
  }

  private static @Nullable LeafType one(Node node, int rank, NodeSizes sizes) {
    int dims = rank - 2;
    return switch (node.op()) {
      case "Conv", "ConvInteger", "QLinearConv" -> plain("conv", "Conv", dims);
      case "ConvTranspose" -> plain("conv", "ConvTranspose", dims);
      case Fusion.LINEAR, "Gemm" -> new LeafType(ModuleType.nn("linear", "Linear"), LINEAR);
      case "MatMul", "MatMulInteger" ->
          sizes.constant(node, 1) ? new LeafType(ModuleType.nn("linear", "Linear"), LINEAR) : null;
      case "BatchNormalization" -> plain("batchnorm", "BatchNorm", dims);
      case "InstanceNormalization" -> plain("instancenorm", "InstanceNorm", dims);
      case "LayerNormalization", Fusion.LAYER_NORM -> plain("normalization", "LayerNorm");
      case "GroupNormalization", Fusion.GROUP_NORM -> plain("normalization", "GroupNorm");
      case "RMSNormalization" -> plain("normalization", "RMSNorm");
      case "MaxPool" -> plain("pooling", "MaxPool", dims);
      case "AveragePool" -> plain("pooling", adaptive(node) ? "AdaptiveAvgPool" : "AvgPool", dims);
      case "GlobalAveragePool" -> plain("pooling", "AdaptiveAvgPool", dims);
      case "GlobalMaxPool" -> plain("pooling", "AdaptiveMaxPool", dims);
      case "Resize", "Upsample" -> plain("upsampling", "Upsample");
      case "DepthToSpace" -> plain("pixelshuffle", "PixelShuffle");
      case "SpaceToDepth" -> plain("pixelshuffle", "PixelUnshuffle");
      case "Dropout" -> plain("dropout", "Dropout");
      case "Gather" -> sizes.constant(node, 0) ? plain("sparse", "Embedding") : null;
      default -> {
        String activation = activation(node, sizes);
        yield activation == null ? null : plain("activation", activation);
      }
    };
  }

  /** A window of one position averages nothing: it is what is left of an adaptive pooling. */
  static boolean adaptive(Node node) {
    return ones(node, "kernel_shape", false)
        && ones(node, "strides", true)
        && node.attributes().find("auto_pad") == null
        && !(node.attributes().find("pads") instanceof long[] pads
            && Arrays.stream(pads).anyMatch(pad -> pad != 0));
  }

  private static boolean ones(Node node, String attribute, boolean absent) {
    return node.attributes().find(attribute) instanceof long[] numbers
        ? Arrays.stream(numbers).allMatch(number -> number == 1)
        : absent;
  }

  private static @Nullable String activation(Node node, NodeSizes sizes) {
    return switch (node.op()) {
      case "Relu" -> "ReLU";
      case "Clip" ->
          sizes.isNumber(node, 1, "min", 0) && sizes.isNumber(node, 2, "max", 6)
              ? "ReLU6"
              : "Hardtanh";
      case "LeakyRelu" -> "LeakyReLU";
      case "PRelu" -> "PReLU";
      case "Elu" -> "ELU";
      case "Selu" -> "SELU";
      case "Celu" -> "CELU";
      case "Sigmoid" -> "Sigmoid";
      case "Tanh" -> "Tanh";
      case "HardSigmoid" -> "Hardsigmoid";
      case "HardSwish", Fusion.HARDSWISH -> "Hardswish";
      case Fusion.SILU -> "SiLU";
      case "Gelu", Fusion.GELU -> "GELU";
      case "Mish" -> "Mish";
      case "Softplus" -> "Softplus";
      case "Softsign" -> "Softsign";
      case "ThresholdedRelu" -> "Threshold";
      case "Softmax" -> "Softmax";
      case "LogSoftmax" -> "LogSoftmax";
      default -> null;
    };
  }

  private static @Nullable LeafType recurrent(
      Node node, int layers, boolean batchFirst, NodeSizes sizes) {
    long[] weight = sizes.of(node, 1);
    if (weight == null || weight.length != 3) {
      return null;
    }
    int gates = node.is("LSTM") ? 4 : node.is("GRU") ? 3 : 1;
    RecurrentArguments arguments =
        new RecurrentArguments(
            NodeRun.small("input size", weight[2]),
            NodeRun.small("hidden size", weight[1] / gates),
            0,
            layers,
            weight[0] == 2,
            sizes.of(node, 3) != null,
            batchFirst,
            gates,
            false);
    return new LeafType(ModuleType.nn("rnn", node.op()), arguments);
  }

  /** The function that a module's call makes, looked for where it is asked about. */
  private static @Nullable Call inner(Call call, String key) {
    if (call.inputCount() == 0) {
      return null;
    }
    ForwardPass pass = call.input(0).pass();
    for (int i = call.index() + 1; i < call.end(); i++) {
      Call inner = pass.call(i);
      if (inner.callee().kind() == Callee.Kind.FUNCTION && inner.callee().key().equals(key)) {
        return inner;
      }
    }
    return null;
  }

  private static long linear(Attribute attribute, Call call) {
    Call linear = inner(call, "F.linear");
    if (linear == null) {
      return Arguments.NONE.attribute(attribute, call);
    }
    return switch (attribute) {
      case IN_FEATURES -> linear.input(1).size(1);
      case OUT_FEATURES -> linear.input(1).size(0);
      default -> linear.attribute(attribute);
    };
  }

  private static long attention(Attribute attribute, Call call) {
    Call inner = inner(call, "F.scaled_dot_product_attention");
    if (inner == null) {
      return Arguments.NONE.attribute(attribute, call);
    }
    return switch (attribute) {
      case EMBEDDING, KEY_WIDTH, VALUE_WIDTH ->
          Math.multiplyExact(inner.attribute(Attribute.HEADS), inner.input(0).size(-1));
      case BIAS -> inner(call, "F.linear") == null ? 0 : linear(Attribute.BIAS, call);
      default -> inner.attribute(attribute);
    };
  }
}
