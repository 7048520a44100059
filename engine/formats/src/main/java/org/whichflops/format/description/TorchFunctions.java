package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Padding;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * The functions of {@code torch} and {@code torch.nn.functional}, and the methods of tensors, with
 * the arguments that PyTorch gives them. A method's first argument is the tensor.
 */
final class TorchFunctions {
  /** What a function does with its arguments; it returns a tensor or a list of them. */
  private record Maker(List<String> names, Function<Given, Object> apply) {}

  private static final int MOST_PARTS = 10_000;
  private static final Map<String, Maker> MAKERS = new HashMap<>();

  static {
    functional();
    torch();
    methods();
    views();
  }

  private TorchFunctions() {}

  private static void put(String name, String names, Function<Given, Object> apply) {
    MAKERS.put(name, new Maker(names.isEmpty() ? List.of() : List.of(names.split(" ")), apply));
  }

  private static void functional() {
    activation("F.relu", Activations.RELU, Activations.RELU_INPLACE);
    activation("F.hardtanh", Activations.HARDTANH, Activations.HARDTANH_INPLACE);
    activation("F.leaky_relu", Activations.LEAKY_RELU, Activations.LEAKY_RELU_INPLACE);
    activation("F.elu", Activations.ELU, Activations.ELU_INPLACE);
    activation("F.silu", Activations.SILU, Activations.SILU_INPLACE);
    activation("F.hardswish", Activations.HARDSWISH, Activations.HARDSWISH_INPLACE);
    activation("F.hardsigmoid", Activations.HARDSIGMOID, Activations.HARDSIGMOID_INPLACE);
    activation("F.relu6", Activations.RELU6, null);
    activation("F.rrelu", Activations.RRELU, null);
    activation("F.threshold", Activations.THRESHOLD, null);
    activation("F.selu", Activations.SELU, null);
    activation("F.celu", Activations.CELU, null);
    activation("F.mish", Activations.MISH, null);
    activation("F.sigmoid", Activations.SIGMOID, null);
    activation("F.logsigmoid", Activations.LOG_SIGMOID, null);
    activation("F.tanh", Activations.TANH, null);
    activation("F.tanhshrink", Activations.TANHSHRINK, null);
    activation("F.softplus", Activations.SOFTPLUS, null);
    activation("F.softsign", Activations.SOFTSIGN, null);
    activation("F.hardshrink", Activations.HARDSHRINK, null);
    activation("F.softshrink", Activations.SOFTSHRINK, null);
    put(
        "F.gelu",
        "input approximate",
        g ->
            (g.text("approximate", "none").equals("tanh")
                    ? Activations.GELU_TANH
                    : Activations.GELU)
                .of(g.tensor("input")));
    put(
        "F.softmax",
        "input dim _stacklevel dtype",
        g -> F.softmax(g.tensor("input"), g.integer("dim")));
    put(
        "F.log_softmax",
        "input dim _stacklevel dtype",
        g -> F.logSoftmax(g.tensor("input"), g.integer("dim")));
    put("F.glu", "input dim", g -> F.glu(g.tensor("input"), g.integer("dim", -1)));
    put("F.prelu", "input weight", g -> F.prelu(g.tensor("input"), g.tensor("weight")));
    put(
        "F.linear",
        "input weight bias",
        g -> F.linear(g.tensor("input"), g.tensor("weight"), g.tensorOrNull("bias")));
    put("F.normalize", "input p dim eps", g -> F.normalize(g.tensor("input"), g.integer("dim", 1)));
    put("F.layer_norm", "input normalized_shape weight bias eps", g -> layerNorm(g, false));
    put("F.rms_norm", "input normalized_shape weight eps", g -> layerNorm(g, true));
    put("F.group_norm", "input num_groups weight bias eps", TorchFunctions::groupNorm);
    put(
        "F.batch_norm",
        "input running_mean running_var weight bias training momentum eps",
        TorchFunctions::batchNorm);
    put("F.pad", "input pad mode value", TorchFunctions::pad);
    put(
        "F.interpolate",
        "input size scale_factor mode align_corners recompute_scale_factor antialias",
        g -> F.interpolate(g.tensor("input"), TorchModules.interpolation(g)));
    put(
        "F.embedding",
        "input weight padding_idx",
        g -> F.embedding(g.tensor("input"), g.tensor("weight")));
    put(
        "F.pixel_shuffle",
        "input upscale_factor",
        g -> F.pixelShuffle(g.tensor("input"), g.integer("upscale_factor")));
    put(
        "F.pixel_unshuffle",
        "input downscale_factor",
        g -> F.pixelUnshuffle(g.tensor("input"), g.integer("downscale_factor")));
    put(
        "F.scaled_dot_product_attention",
        "query key value attn_mask dropout_p is_causal scale",
        g ->
            Attention.scaledDotProduct(
                g.tensor("query"), g.tensor("key"), g.tensor("value"), g.has("attn_mask")));
    for (String name :
        new String[] {"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"}) {
      put(
          "F." + name,
          "input p training inplace",
          g ->
              g.flag("inplace", false)
                  ? F.dropoutInplace(g.tensor("input"))
                  : F.dropout("F." + name, g.tensor("input")));
    }
    for (int d = 1; d <= 3; d++) {
      int dims = d;
      put(
          "F.conv" + d + "d",
          "input weight bias stride padding dilation groups",
          g -> conv(g, dims, false));
      put(
          "F.conv_transpose" + d + "d",
          "input weight bias stride padding output_padding groups dilation",
          g -> conv(g, dims, true));
      put(
          "F.max_pool" + d + "d",
          "input kernel_size stride padding dilation ceil_mode return_indices",
          g -> F.maxPool(g.tensor("input"), window(g, dims)));
      put(
          "F.avg_pool" + d + "d",
          "input kernel_size stride padding ceil_mode count_include_pad divisor_override",
          g -> F.avgPool(g.tensor("input"), window(g, dims)));
      put(
          "F.adaptive_avg_pool" + d + "d",
          "input output_size",
          g ->
              F.adaptiveAvgPool(
                  g.tensor("input"),
                  new AdaptivePoolingArguments(dims, Extents.of(g.integers("output_size")))));
      put(
          "F.adaptive_max_pool" + d + "d",
          "input output_size",
          g ->
              F.adaptiveMaxPool(
                  g.tensor("input"),
                  new AdaptivePoolingArguments(dims, Extents.of(g.integers("output_size")))));
    }
  }

  private static void activation(String name, Activations plain, @Nullable Activations inplace) {
    put(
        name,
        "input a b inplace",
        g -> (inplace != null && g.flag("inplace", false) ? inplace : plain).of(g.tensor("input")));
  }

  private static PoolingArguments window(Given g, int dims) {
    Extents kernel = Extents.of(g.integers("kernel_size"));
    return new PoolingArguments(
        dims,
        kernel,
        g.has("stride") ? Extents.of(g.integers("stride")) : kernel,
        Extents.of(g.integers("padding", 0)),
        Extents.of(g.integers("dilation", 1)),
        g.flag("ceil_mode", false));
  }

  private static Tensor conv(Given g, int dims, boolean transposed) {
    Tensor weight = g.tensor("weight");
    if (weight.rank() != dims + 2) {
      throw g.error("weight has %d dimensions, not %s".formatted(dims + 2, weight));
    }
    int groups = g.integer("groups", 1);
    int first = Math.toIntExact(weight.size(0));
    int second = Math.toIntExact(Math.multiplyExact(weight.size(1), groups));
    int[] kernel = new int[dims];
    for (int i = 0; i < dims; i++) {
      kernel[i] = Math.toIntExact(weight.size(i + 2));
    }
    boolean same = g.isText("padding") && g.text("padding", "").equals("same");
    boolean named = g.isText("padding");
    Tensor bias = g.tensorOrNull("bias");
    ConvolutionArguments arguments =
        new ConvolutionArguments(
            dims,
            transposed ? first : second,
            transposed ? second : first,
            Extents.of(kernel),
            Extents.of(g.integers("stride", 1)),
            same ? null : Extents.of(named ? new int[] {0} : g.integers("padding", 0)),
            Extents.of(g.integers("output_padding", 0)),
            Extents.of(g.integers("dilation", 1)),
            groups,
            bias != null,
            transposed);
    Tensor x = g.tensor("input");
    return named
        ? F.convWithNamedPadding(x, weight, bias, arguments)
        : F.conv(x, weight, bias, arguments);
  }

  private static Tensor layerNorm(Given g, boolean rms) {
    Shape shape = Shape.of(g.longs("normalized_shape"));
    NormalizationArguments arguments =
        new NormalizationArguments(g.has("weight"), g.has("bias"), -1, shape.numel());
    return rms
        ? F.rmsNorm(g.tensor("input"), shape, arguments)
        : F.layerNorm(g.tensor("input"), shape, arguments);
  }

  private static Tensor groupNorm(Given g) {
    int groups = g.integer("num_groups");
    return F.groupNorm(
        g.tensor("input"),
        groups,
        new NormalizationArguments(g.has("weight"), g.has("bias"), -1, -groups));
  }

  private static Tensor batchNorm(Given g) {
    boolean tracked = g.has("running_mean") && !g.flag("training", false);
    Tensor x = g.tensor("input");
    return F.batchNorm(
        x,
        x.rank() < 2 ? 0 : x.size(1),
        new NormalizationArguments(
            g.has("weight"), g.has("bias"), -1, tracked ? 0 : NormalizationArguments.CHANNEL));
  }

  private static Tensor pad(Given g) {
    String mode = g.text("mode", "constant");
    return mode.equals("constant")
        ? F.pad(g.tensor("input"), g.longs("pad"))
        : F.pad(Padding.of(mode), g.tensor("input"), g.longs("pad"));
  }

  private static void torch() {
    binary("torch.add", Torch::add, x -> Torch.add(x, 1));
    binary("torch.mul", Torch::mul, x -> Torch.mul(x, 1));
    binary("torch.div", Torch::div, x -> Torch.div(x, 1));
    binary("torch.sub", Torch::sub, null);
    binary("torch.maximum", Torch::maximum, null);
    unary("torch.relu", Torch::relu);
    unary("torch.sigmoid", Torch::sigmoid);
    unary("torch.tanh", Torch::tanh);
    unary("torch.sqrt", Torch::sqrt);
    unary("torch.rsqrt", Torch::rsqrt);
    unary("torch.exp", Torch::exp);
    unary("torch.log", Torch::log);
    unary("torch.abs", Torch::abs);
    unary("torch.sign", Torch::sign);
    put("torch.pow", "input exponent", g -> Torch.pow(g.tensor("input"), g.number("exponent", 2)));
    put(
        "torch.clamp",
        "input min max",
        g -> g.has("min") ? Torch.clamp(g.tensor("input")) : Torch.clampMax(g.tensor("input")));
    put("torch.softmax", "input dim", g -> Torch.softmax(g.tensor("input"), g.integer("dim")));
    binary("torch.matmul", Torch::matmul, null);
    binary("torch.mm", Torch::mm, null);
    binary("torch.bmm", Torch::bmm, null);
    binary("torch.mv", Torch::mv, null);
    binary("torch.dot", Torch::dot, null);
    put(
        "torch.addmm",
        "input mat1 mat2",
        g -> Torch.addmm(g.tensor("input"), g.tensor("mat1"), g.tensor("mat2")));
    put(
        "torch.baddbmm",
        "input mat1 mat2",
        g -> Torch.baddbmm(g.tensor("input"), g.tensor("mat1"), g.tensor("mat2")));
    put(
        "torch.einsum",
        "equation operands*",
        g -> Torch.einsum(g.text("equation", ""), g.tensors("operands")));
    put("torch.mean", "input dim", g -> Torch.mean(g.tensor("input"), g.integers("dim")));
    put("torch.sum", "input dim", g -> Torch.sum(g.tensor("input"), g.integers("dim")));
    put(
        "torch.where",
        "condition input other",
        g ->
            g.isTensor("input") && g.isTensor("other")
                ? Torch.where(g.tensor("input"), g.tensor("other"))
                : Torch.where(g.tensor("condition"), g.tensor("condition")));
    recurrent("torch.rnn_tanh", 1);
    recurrent("torch.gru", 3);
    recurrent("torch.lstm", 4);
    put("torch.gather", "input dim index", g -> Torch.gather(g.tensor("input"), g.tensor("index")));
  }

  /** A recurrent layer as the function that its module calls, with the module's arguments. */
  private static void recurrent(String name, int gates) {
    put(
        name,
        "input input_size hidden_size num_layers bias batch_first bidirectional proj_size",
        g ->
            list(
                Recurrence.layer(
                    g.tensor("input"),
                    new RecurrentArguments(
                        g.integer("input_size"),
                        g.integer("hidden_size"),
                        g.integer("proj_size", 0),
                        g.integer("num_layers", 1),
                        g.flag("bidirectional", false),
                        g.flag("bias", true),
                        g.flag("batch_first", false),
                        gates,
                        false))));
  }

  private static void binary(
      String name,
      java.util.function.BinaryOperator<Tensor> both,
      java.util.function.@Nullable UnaryOperator<Tensor> number) {
    put(
        name,
        "input other",
        g -> {
          if (g.isTensor("other") || number == null) {
            return both.apply(g.tensor("input"), g.tensor("other"));
          }
          return number.apply(g.tensor("input"));
        });
  }

  private static void unary(String name, java.util.function.UnaryOperator<Tensor> function) {
    put(name, "input min max", g -> function.apply(g.tensor("input")));
  }

  private static void methods() {
    binary("Tensor.add", Tensor::add, x -> x.add(1));
    binary("Tensor.add_", Tensor::add_, x -> x.add_(1));
    binary("Tensor.mul", Tensor::mul, x -> x.mul(1));
    binary("Tensor.mul_", Tensor::mul_, null);
    binary("Tensor.div", Tensor::div, null);
    unary("Tensor.div_", x -> x.div_(1));
    binary("Tensor.matmul", Tensor::matmul, null);
    binary("Tensor.mm", Tensor::mm, null);
    binary("Tensor.bmm", Tensor::bmm, null);
    binary("operator.iadd", Tensor::plusAssign, x -> x.plusAssign(1));
    binary("operator.imul", Tensor::timesAssign, null);
    unary("Tensor.sqrt", Tensor::sqrt);
    unary("Tensor.rsqrt", Tensor::rsqrt);
    unary("Tensor.exp", Tensor::exp);
    unary("Tensor.abs", Tensor::abs);
    unary("Tensor.cos", Tensor::cos);
    unary("Tensor.sin", Tensor::sin);
    unary("Tensor.clamp", Tensor::clamp);
    unary("Tensor.sigmoid", Tensor::sigmoid);
    unary("Tensor.tanh", Tensor::tanh);
    unary("Tensor.relu", Tensor::relu);
    unary("Tensor.relu_", Tensor::relu_);
    put("Tensor.masked_fill", "input mask value", g -> g.tensor("input").maskedFill());
    unary("Tensor.zero_", Tensor::zero_);
    unary("Tensor.contiguous", Tensor::contiguous);
    unary("Tensor.clone", Tensor::copy);
    unary("Tensor.long", Tensor::toLong);
    unary("Tensor.float", Tensor::toFloat);
    unary("Tensor.to", Tensor::to);
    unary("Tensor.type_as", Tensor::typeAs);
    put("Tensor.pow", "input exponent", g -> g.tensor("input").pow(g.number("exponent", 2)));
    put("Tensor.softmax", "input dim", g -> g.tensor("input").softmax(g.integer("dim")));
    put(
        "Tensor.mean",
        "input dim keepdim",
        g ->
            g.flag("keepdim", false)
                ? g.tensor("input").meanKeepingDims(g.integers("dim"))
                : g.tensor("input").mean(g.integers("dim")));
    put("Tensor.sum", "input dim", g -> g.tensor("input").sum(g.integers("dim")));
    put("Tensor.amax", "input dim", g -> g.tensor("input").amax(g.integers("dim")));
    put("torch.roll", "input shifts dims", g -> Torch.roll(g.tensor("input")));
  }

  private static void views() {
    put("Tensor.view", "input shape*", g -> g.tensor("input").view(g.longs("shape")));
    put("Tensor.reshape", "input shape*", g -> g.tensor("input").reshape(g.longs("shape")));
    put("torch.reshape", "input shape", g -> Torch.reshape(g.tensor("input"), g.longs("shape")));
    put("Tensor.expand", "input sizes*", g -> g.tensor("input").expand(g.longs("sizes")));
    put("Tensor.repeat", "input sizes*", g -> g.tensor("input").repeat(g.longs("sizes")));
    put("Tensor.new_zeros", "input size*", g -> g.tensor("input").newZeros(g.longs("size")));
    put(
        "Tensor.flatten",
        "input start_dim end_dim",
        g -> g.tensor("input").flatten(g.integer("start_dim", 0), g.integer("end_dim", -1)));
    put(
        "torch.flatten",
        "input start_dim",
        g -> Torch.flatten(g.tensor("input"), g.integer("start_dim", 0)));
    put(
        "Tensor.unflatten",
        "input dim sizes",
        g -> g.tensor("input").unflatten(g.integer("dim"), g.longs("sizes")));
    put("Tensor.permute", "input dims*", g -> g.tensor("input").permute(g.integers("dims")));
    put("torch.permute", "input dims", g -> Torch.permute(g.tensor("input"), g.integers("dims")));
    put(
        "Tensor.transpose",
        "input dim0 dim1",
        g -> g.tensor("input").transpose(g.integer("dim0"), g.integer("dim1")));
    put(
        "torch.transpose",
        "input dim0 dim1",
        g -> Torch.transpose(g.tensor("input"), g.integer("dim0"), g.integer("dim1")));
    put(
        "torch.swapaxes",
        "input axis0 axis1",
        g -> Torch.swapaxes(g.tensor("input"), g.integer("axis0"), g.integer("axis1")));
    put("Tensor.t", "input", g -> g.tensor("input").t());
    put("Tensor.squeeze", "input dim", g -> g.tensor("input").squeeze(g.integer("dim")));
    put("torch.squeeze", "input dim", g -> Torch.squeeze(g.tensor("input"), g.integer("dim")));
    put("Tensor.unsqueeze", "input dim", g -> g.tensor("input").unsqueeze(g.integer("dim")));
    put("torch.unsqueeze", "input dim", g -> Torch.unsqueeze(g.tensor("input"), g.integer("dim")));
    put("torch.cat", "tensors dim", g -> Torch.cat(g.integer("dim", 0), g.tensors("tensors")));
    put("torch.stack", "tensors dim", g -> Torch.stack(g.integer("dim", 0), g.tensors("tensors")));
    put(
        "Tensor.chunk",
        "input chunks dim",
        g -> list(g.tensor("input").chunk(parts(g), g.integer("dim", 0))));
    put(
        "torch.chunk",
        "input chunks dim",
        g -> list(Torch.chunk(g.tensor("input"), parts(g), g.integer("dim", 0))));
    put(
        "Tensor.split",
        "input split_size dim",
        g ->
            list(
                g.isList("split_size")
                    ? g.tensor("input").split(g.longs("split_size"), g.integer("dim", 0))
                    : g.tensor("input").split(size(g), g.integer("dim", 0))));
    put(
        "torch.split",
        "input split_size dim",
        g -> list(Torch.split(g.tensor("input"), size(g), g.integer("dim", 0))));
    put(
        "torch.tensor_split",
        "input indices dim",
        g ->
            list(Torch.tensorSplit(g.tensor("input"), g.longs("indices")[0], g.integer("dim", 0))));
    put("Tensor.unbind", "input dim", g -> list(few(g, "dim", 0).unbind(g.integer("dim", 0))));
    put(
        "torch.unbind",
        "input dim",
        g -> list(Torch.unbind(few(g, "dim", 0), g.integer("dim", 0))));
    put(
        "torch.index_select",
        "input dim index",
        g -> Torch.indexSelect(g.tensor("input"), g.integer("dim"), g.tensor("index")));
    put(
        "torch.repeat_interleave",
        "input repeats dim",
        g -> Torch.repeatInterleave(g.tensor("input"), g.whole("repeats"), g.integer("dim")));
  }

  /** A tensor that falls into a bearable number of parts along a dimension. */
  private static Tensor few(Given g, String dim, int fallback) {
    Tensor x = g.tensor("input");
    int at = g.integer(dim, fallback);
    if (at < x.rank() && at >= -x.rank() && x.size(at) > MOST_PARTS) {
      throw g.error("more than %d parts of %s".formatted(MOST_PARTS, x));
    }
    return x;
  }

  private static int parts(Given g) {
    int parts = g.integer("chunks");
    if (parts > MOST_PARTS) {
      throw g.error("more than %d parts".formatted(MOST_PARTS));
    }
    return parts;
  }

  private static long size(Given g) {
    long size = g.whole("split_size");
    Tensor x = g.tensor("input");
    int at = g.integer("dim", 0);
    if (size > 0 && at < x.rank() && at >= -x.rank() && x.size(at) / size > MOST_PARTS) {
      throw g.error("more than %d parts of %s".formatted(MOST_PARTS, x));
    }
    return size;
  }

  private static List<Tensor> list(Tensor[] tensors) {
    return Arrays.asList(tensors);
  }

  /** The names there are. */
  static Collection<String> names() {
    return new TreeSet<>(MAKERS.keySet());
  }

  /** Whether there is a function of that name. */
  static boolean knows(String name) {
    return MAKERS.containsKey(name);
  }

  /**
   * Calls a function. A parameter that comes first becomes a tensor of the forward pass, as one
   * that takes part in arithmetic must be; behind it stand weights, which stay what they are.
   */
  static Object call(
      String name,
      Syntax call,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named,
      @Nullable ForwardPass pass) {
    if (pass == null) {
      throw call.error("%s is called in a forward only".formatted(name));
    }
    List<@Nullable Object> values = new ArrayList<>(positional);
    if (!values.isEmpty()) {
      values.set(0, used(values.get(0), pass));
    }
    Maker maker = Objects.requireNonNull(MAKERS.get(name));
    return maker.apply().apply(new Given(call, name, values, named, maker.names()));
  }

  /** A parameter as a tensor of the forward pass, also inside a list. */
  static @Nullable Object used(@Nullable Object value, ForwardPass pass) {
    if (value instanceof Parameter parameter) {
      return pass.input(parameter.shape().sizes());
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(item -> all.add(used(item, pass)));
      return all;
    }
    return value;
  }
}
