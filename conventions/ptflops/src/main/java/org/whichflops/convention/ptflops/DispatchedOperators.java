package org.whichflops.convention.ptflops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/**
 * The operators that a {@code TorchDispatchMode} sees of a forward pass, torch 2.6 on the CPU: what
 * ATen's composite operators are made of, and what autograd does to keep what it needs.
 *
 * <p>Where it keeps a result that has gradients, a {@code detach} comes after the operator; where
 * it keeps what is written over, a {@code clone} before. Seen with every operator that is listed
 * here, and for whole models of torchvision; an operator that is not listed is refused.
 */
final class DispatchedOperators {
  /** Behind the name of an operator that only comes where gradients are kept. */
  private static final String WITH_GRADIENTS = "?";

  private static final String KEPT_RESULT = " detach?";
  private static final String COPY = "clone _unsafe_view";

  /** What becomes of an operator, whatever its sizes. */
  private static final Map<String, String> PARTS =
      Map.ofEntries(
          // products
          Map.entry("convolution", "convolution"),
          Map.entry("mm", "mm"),
          Map.entry("bmm", "bmm"),
          Map.entry("addmm", "addmm"),
          Map.entry(
              "scaled_dot_product_attention",
              "_scaled_dot_product_flash_attention_for_cpu" + KEPT_RESULT),
          // normalizations; of a batch norm's second to fourth result none has gradients
          Map.entry("batch_norm", "empty native_batch_norm"),
          Map.entry("layer_norm", "native_layer_norm"),
          Map.entry("group_norm", "native_group_norm" + KEPT_RESULT + KEPT_RESULT),
          // activations, by what their derivative is computed from
          Map.entry("relu", "relu" + KEPT_RESULT),
          Map.entry("relu_", "relu_" + KEPT_RESULT),
          Map.entry("sigmoid", "sigmoid" + KEPT_RESULT),
          Map.entry("sigmoid_", "sigmoid_" + KEPT_RESULT),
          Map.entry("tanh", "tanh" + KEPT_RESULT),
          Map.entry("softmax", "_softmax" + KEPT_RESULT),
          Map.entry("log_softmax", "_log_softmax" + KEPT_RESULT),
          Map.entry("leaky_relu_", "leaky_relu_" + KEPT_RESULT),
          Map.entry("elu_", "elu_" + KEPT_RESULT),
          Map.entry("hardtanh_", "clone? hardtanh_"),
          Map.entry("silu_", "clone? silu_"),
          Map.entry("hardswish_", "clone? hardswish_"),
          Map.entry("hardsigmoid_", "clone? hardsigmoid_"),
          Map.entry("relu6", "hardtanh"),
          Map.entry("hardtanh", "hardtanh"),
          Map.entry("leaky_relu", "leaky_relu"),
          Map.entry("elu", "elu"),
          Map.entry("selu", "elu"),
          Map.entry("celu", "celu"),
          Map.entry("gelu", "gelu"),
          Map.entry("silu", "silu"),
          Map.entry("mish", "mish"),
          Map.entry("hardswish", "hardswish"),
          Map.entry("hardsigmoid", "hardsigmoid"),
          Map.entry("softplus", "softplus"),
          Map.entry("log_sigmoid", "log_sigmoid_forward"),
          Map.entry("glu", "glu"),
          // pooling and resampling
          Map.entry("max_pool2d", "max_pool2d_with_indices"),
          Map.entry("max_pool3d", "max_pool3d_with_indices"),
          Map.entry("avg_pool2d", "avg_pool2d"),
          Map.entry("avg_pool3d", "avg_pool3d"),
          Map.entry("adaptive_max_pool2d", "adaptive_max_pool2d"),
          Map.entry("upsample_nearest2d", "upsample_nearest2d"),
          Map.entry("upsample_bilinear2d", "upsample_bilinear2d"),
          Map.entry("upsample_bicubic2d", "upsample_bicubic2d"),
          // element by element, and sums
          Map.entry("add", "add"),
          Map.entry("add_", "add_"),
          Map.entry("sub", "sub"),
          Map.entry("rsub", "rsub"),
          Map.entry("mul", "mul"),
          Map.entry("mul_", "mul_"),
          Map.entry("div", "div"),
          Map.entry("neg", "neg"),
          Map.entry("pow", "pow"),
          Map.entry("sqrt", "sqrt" + KEPT_RESULT),
          Map.entry("exp", "exp" + KEPT_RESULT),
          Map.entry("mean", "mean"),
          Map.entry("sum", "sum"),
          // what moves numbers
          Map.entry("dropout", ""),
          Map.entry("dropout_", ""),
          Map.entry("embedding", "embedding"),
          Map.entry("pixel_shuffle", "pixel_shuffle"),
          Map.entry("cat", "cat"),
          Map.entry("stack", "stack"),
          Map.entry("chunk", "split"),
          Map.entry("unbind", "unbind"),
          Map.entry("permute", "permute"),
          Map.entry("transpose", "transpose"),
          Map.entry("expand", "expand"),
          Map.entry("squeeze", "squeeze"),
          Map.entry("unsqueeze", "unsqueeze"),
          Map.entry("view", "view"),
          Map.entry("unflatten", "view"));

  private final ForwardPass pass;
  private final Gradients gradients;

  DispatchedOperators(ForwardPass pass) {
    this.pass = pass;
    gradients = new Gradients(pass);
  }

  /**
   * The operators of the whole pass by name, in the order in which they come.
   *
   * @throws IllegalArgumentException where what an operator is made of is not known
   */
  List<String> all() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee().kind() == Callee.Kind.OPERATOR
          && (call.parent() < 0
              || pass.call(call.parent()).callee().kind() != Callee.Kind.OPERATOR)) {
        addParts(all, call);
      }
    }
    return all;
  }

  private void addParts(List<String> all, Call call) {
    for (String part : parts(call).split(" ")) {
      if (part.endsWith(WITH_GRADIENTS)) {
        if (gradients.keptFor(call)) {
          all.add("aten." + part.substring(0, part.length() - 1));
        }
      } else if (!part.isEmpty()) {
        all.add("aten." + part);
      }
    }
  }

  private String parts(Call call) {
    String name = call.callee().key().substring("aten.".length());
    Tensor x = call.input(0);
    return switch (name) {
      case "linear" -> linear(call, x);
      case "matmul" -> matmul(call, x, call.input(1));
      case "adaptive_avg_pool2d" -> adaptiveAveragePool(call, x);
      case "reshape" -> reshaped(x, call.output(0));
      case "flatten" -> x.rank() == call.output(0).rank() ? "" : reshaped(x, call.output(0));
      case "clone" -> contiguous(call) && x.isContiguous() ? "" : "clone";
      case "select" -> "slice ".repeat(selected(x, call)) + "select";
      case "prelu" -> x.rank() == 4 ? "view _prelu_kernel" : refused(call);
      default -> {
        String parts = PARTS.get(name);
        yield parts == null || !isPlain(call, name) ? refused(call) : parts;
      }
    };
  }

  private static String refused(Call call) {
    throw new IllegalArgumentException(
        "ptflops-aten: the operators that %s is made of are not known for %s"
            .formatted(call.callee().key(), call.input(0).shape()));
  }

  /** Convolutions and poolings of one image without a batch add and take away a dimension. */
  private static boolean isPlain(Call call, String name) {
    int dims = name.endsWith("2d") ? 2 : name.endsWith("3d") ? 3 : 0;
    int rank = name.equals("convolution") ? call.input(1).rank() : dims + 2;
    return (dims == 0 && !name.equals("convolution")) || call.input(0).rank() == rank;
  }

  /** {@code linear}, aten/src/ATen/native/Linear.cpp:69. */
  private static String linear(Call call, Tensor x) {
    boolean bias = call.inputCount() > 2;
    if (x.rank() == 2) {
      return bias ? "t addmm" : "t mm";
    }
    if (x.rank() < 2) {
      return refused(call);
    }
    if (bias && x.isContiguous()) {
      return "view t addmm view";
    }
    return "t " + (x.isContiguous() ? "view" : COPY) + " mm _unsafe_view" + (bias ? " add" : "");
  }

  /** {@code matmul}, aten/src/ATen/native/LinearAlgebra.cpp:1850, without broadcast batches. */
  private static String matmul(Call call, Tensor x, Tensor x2) {
    if (x.rank() == 2 && x2.rank() == 2) {
      return "mm";
    }
    if (x.rank() > 2 && x2.rank() == 2) {
      return (x.isContiguous() ? "view" : COPY) + " mm _unsafe_view";
    }
    boolean known = x.rank() == x2.rank() && x.isContiguous() && x2.isContiguous();
    for (int i = 0; known && i < x.rank() - 2; i++) {
      known = x.size(i) == x2.size(i);
    }
    return known && x.rank() > 2 ? "expand view expand view bmm _unsafe_view" : refused(call);
  }

  /** {@code adaptive_avg_pool2d}, aten/src/ATen/native/AdaptiveAveragePooling.cpp:114. */
  private static String adaptiveAveragePool(Call call, Tensor x) {
    Tensor y = call.output(0);
    if (x.rank() != 4) {
      return refused(call);
    }
    if (y.size(2) != 1 || y.size(3) != 1) {
      return "_adaptive_avg_pool2d";
    }
    return x.isChannelsLast() ? "mean as_strided_" : "mean";
  }

  /** A view; where there is none of these sizes, a copy. */
  private static String reshaped(Tensor x, Tensor y) {
    return !x.isContiguous() && y.isContiguous() ? COPY : "view";
  }

  private boolean contiguous(Call call) {
    return pass.call(call.parent()).callee().key().equals("Tensor.contiguous");
  }

  /** The dimension that is taken out: {@code x[:, 0]} slices the dimensions before it. */
  private static int selected(Tensor x, Call call) {
    Tensor y = call.output(0);
    int dim = 0;
    while (dim < y.rank() && x.size(dim) == y.size(dim)) {
      dim++;
    }
    return dim;
  }
}
