package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;

/**
 * Functions of {@code torch.nn.functional}: what modules call in their {@code forward}, and models
 * call directly. Activations are in {@link Activations}, attention in {@link Attention}.
 */
public final class F {
  private static final Function[] CONV = functions("F.conv", "");
  private static final Function[] CONV_TRANSPOSE = functions("F.conv_transpose", "");
  private static final Function[] MAX_POOL = functions("F.max_pool", "");
  private static final Function[] AVG_POOL = functions("F.avg_pool", "");
  private static final Function[] ADAPTIVE_MAX_POOL = functions("F.adaptive_max_pool", "");
  private static final Function[] ADAPTIVE_AVG_POOL = functions("F.adaptive_avg_pool", "");
  private static final Operator[] MAX_POOL_OP = maxPools("max_pool");
  private static final Operator[] AVG_POOL_OP = averagePools("avg_pool");
  private static final Operator[] ADAPTIVE_MAX_POOL_OP = maxPools("adaptive_max_pool");
  private static final Operator[] ADAPTIVE_AVG_POOL_OP = averagePools("adaptive_avg_pool");
  private static final Function BATCH_NORM = Function.named("F.batch_norm");

  private F() {}

  /** Loads this class, and so makes its operators known. */
  static void load() {}

  private static Function[] functions(String before, String after) {
    Function[] all = new Function[3];
    for (int dims = 1; dims <= 3; dims++) {
      all[dims - 1] = Function.named(before + dims + "d" + after);
    }
    return all;
  }

  private static Operator[] maxPools(String name) {
    return new Operator[] {
      Aten.maxPool(name + "1d"), Aten.maxPool(name + "2d"), Aten.maxPool(name + "3d")
    };
  }

  private static Operator[] averagePools(String name) {
    return new Operator[] {
      Aten.averagePool(name + "1d"), Aten.averagePool(name + "2d"), Aten.averagePool(name + "3d")
    };
  }

  /** {@code F.conv1d} to {@code F.conv3d} and {@code F.conv_transpose1d} to {@code 3d}. */
  public static Tensor conv(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvolutionArguments arguments) {
    return Recording.call(
        (arguments.transposed() ? CONV_TRANSPOSE : CONV)[arguments.dims() - 1],
        Aten.CONVOLUTION,
        arguments,
        x,
        weight,
        bias,
        arguments.output(x));
  }

  /**
   * {@code F.conv1d} to {@code 3d} with {@code padding='same'} or {@code 'valid'}: the convolution
   * then runs inside the operator {@code _convolution_mode}, all that a traced graph shows.
   */
  public static Tensor convWithNamedPadding(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvolutionArguments arguments) {
    ForwardPass pass = x.pass();
    Call outer = pass.begin(CONV[arguments.dims() - 1], arguments).in(x, weight, bias);
    Call composite = pass.begin(Aten.CONVOLUTION_MODE, arguments).in(x, weight, bias);
    Call convolution = pass.begin(Aten.CONVOLUTION, arguments).in(x, weight, bias);
    Tensor y = pass.end(convolution, arguments.output(x));
    pass.end(composite, y);
    return pass.end(outer, y);
  }

  /** {@code F.linear(x, weight, bias)}. */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return Products.linear(x, weight, bias);
  }

  /** {@code F.bilinear(x, x2, weight, bias)}. */
  public static Tensor bilinear(
      Tensor x, Tensor x2, Tensor weight, @Nullable Tensor bias, Arguments arguments) {
    Tensor y = x.pass().resizable(x);
    y.set(y.rank() - 1, weight.size(0));
    boolean fits =
        x.rank() == x2.rank() && x.size(-1) == weight.size(1) && x2.size(-1) == weight.size(2);
    for (int i = 0; fits && i < x.rank() - 1; i++) {
      fits = x.size(i) == x2.size(i);
    }
    if (!fits) {
      throw new ShapeException(
          "bilinear expects %d and %d features of the same rows but its inputs are %s and %s"
              .formatted(weight.size(1), weight.size(2), x, x2));
    }
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("F.bilinear"), arguments).in(x, x2, weight, bias);
    pass.end(pass.begin(Aten.BILINEAR, arguments).in(x, weight, x2, bias), y);
    return pass.end(outer, y);
  }

  /**
   * {@code F.batch_norm(x, ...)}, with running statistics unless the arguments name a row.
   *
   * @param channels the channels expected, in the second dimension
   */
  public static Tensor batchNorm(Tensor x, long channels, NormalizationArguments arguments) {
    boolean tracked = arguments.row() == 0;
    if (x.rank() < 2) {
      throw Normalized.wrong(x, channels);
    }
    Tensor y = x.pass().tensor(x.rank()).by(new Normalized(x, channels));
    if (!tracked && x.numel() == channels) {
      throw new ShapeException(
          "batch_norm without running statistics expects more than one value a channel "
              + "but its input is "
              + x);
    }
    Operator operator = tracked ? Aten.BATCH_NORM : Aten.BATCH_NORM_OF_BATCH;
    return Recording.call(BATCH_NORM, operator, arguments, x, Layout.suggested(y, x));
  }

  /** {@code F.instance_norm(x, ...)}. */
  public static Tensor instanceNorm(Tensor x, NormalizationArguments arguments) {
    return instanceNorm(x, arguments, false);
  }

  /**
   * The same, with running statistics where they are tracked, {@code use_input_stats=False}: then
   * one value a channel will do.
   */
  public static Tensor instanceNorm(Tensor x, NormalizationArguments arguments, boolean tracked) {
    if (tracked && x.rank() >= 2) {
      return same("F.instance_norm", Aten.INSTANCE_NORM_TRACKED, arguments, x);
    }
    if (x.rank() < 2 || x.numel() == x.size(0) * x.size(1)) {
      throw new ShapeException(
          "instance_norm expects more than one value a channel but its input is " + x);
    }
    return same("F.instance_norm", Aten.INSTANCE_NORM, arguments, x);
  }

  /** {@code F.layer_norm(x, normalized_shape, ...)}. */
  public static Tensor layerNorm(Tensor x, Shape normalized, NormalizationArguments arguments) {
    expectLast("layer_norm", x, normalized);
    return same("F.layer_norm", Aten.LAYER_NORM, arguments, x);
  }

  /** {@code F.rms_norm(x, normalized_shape, ...)}. */
  public static Tensor rmsNorm(Tensor x, Shape normalized, NormalizationArguments arguments) {
    expectLast("rms_norm", x, normalized);
    return Recording.call(
        Function.named("F.rms_norm"),
        Aten.RMS_NORM,
        arguments,
        x,
        Layout.elementwise(x.pass().like(x), x));
  }

  /** {@code F.group_norm(x, groups, ...)}. */
  public static Tensor groupNorm(Tensor x, int groups, NormalizationArguments arguments) {
    if (x.rank() < 2 || x.size(1) % groups != 0) {
      throw new ShapeException(
          "group_norm expects channels that %d groups divide but its input is %s"
              .formatted(groups, x));
    }
    Tensor y = x.pass().tensor(x.rank()).by(new Grouped(x, groups));
    return Recording.call(
        Function.named("F.group_norm"), Aten.GROUP_NORM, arguments, x, Layout.suggested(y, x));
  }

  private static void expectLast(String function, Tensor x, Shape last) {
    boolean fits = x.rank() >= last.rank();
    for (int i = 1; fits && i <= last.rank(); i++) {
      fits = x.size(-i) == last.size(-i);
    }
    if (!fits) {
      throw new ShapeException(
          "%s expects the last sizes to be %s but its input is %s".formatted(function, last, x));
    }
  }

  /**
   * {@code F.local_response_norm(x, size)}: squares, averages over neighbouring channels, and
   * divides by a power, through functions that tools see.
   */
  public static Tensor localResponseNorm(Tensor x, int size) {
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("F.local_response_norm"), Arguments.NONE).in(x);
    Tensor squares = x.mul(x);
    Tensor mean;
    if (x.rank() == 3) {
      Tensor padded = pad(squares.unsqueeze(1), 0, 0, size / 2, (size - 1) / 2);
      mean = avgPool(padded, window(2, size, 1)).squeeze(1);
    } else {
      Tensor volume = squares.view(x.size(0), 1, x.size(1), x.size(2), -1);
      Tensor padded = pad(volume, 0, 0, 0, 0, size / 2, (size - 1) / 2);
      mean = avgPool(padded, window(3, size, 1)).squeeze(1).view(x.shape().sizes());
    }
    return pass.end(outer, x.over(mean.mul(1).add(1).pow(0.75)));
  }

  private static PoolingArguments window(int dims, int depth, int other) {
    int[] kernel = new int[dims];
    Arrays.fill(kernel, other);
    kernel[0] = depth;
    return PoolingArguments.of(
        dims,
        org.whichflops.engine.shape.Extents.of(kernel),
        org.whichflops.engine.shape.Extents.of(1));
  }

  /** {@code F.normalize(x, dim)}: divides by the norm along a dimension. */
  public static Tensor normalize(Tensor x, int dim) {
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("F.normalize"), Arguments.NONE).in(x);
    Tensor norm = Reductions.over("Tensor.norm", Aten.NORM, x, new int[] {dim}, true);
    Tensor floor = Elementwise.scalar("Tensor.clamp_min", Aten.CLAMP_MIN, norm);
    Tensor divisor = Views.record("Tensor.expand_as", Aten.EXPAND, floor, x.pass().like(x));
    return pass.end(outer, x.over(divisor));
  }

  /** {@code F.max_pool1d} to {@code F.max_pool3d}. */
  public static Tensor maxPool(Tensor x, PoolingArguments arguments) {
    return pool(MAX_POOL, MAX_POOL_OP, x, arguments);
  }

  /** {@code F.avg_pool1d} to {@code F.avg_pool3d}. */
  public static Tensor avgPool(Tensor x, PoolingArguments arguments) {
    for (int i = 0; arguments.dims() == 3 && i < 3 && x.rank() >= 3; i++) {
      if (x.size(i - 3) < arguments.kernel().get(i)) {
        throw new ShapeException(
            "avg_pool3d expects an input of at least its kernel %s before padding but it is %s"
                .formatted(arguments.kernel(), x));
      }
    }
    return pool(AVG_POOL, AVG_POOL_OP, x, arguments);
  }

  private static Tensor pool(
      Function[] functions, Operator[] operators, Tensor x, PoolingArguments arguments) {
    int i = arguments.dims() - 1;
    return Recording.call(functions[i], operators[i], arguments, x, arguments.output(x));
  }

  /** {@code F.adaptive_max_pool1d} to {@code 3d}. */
  public static Tensor adaptiveMaxPool(Tensor x, AdaptivePoolingArguments arguments) {
    return adaptivePool(ADAPTIVE_MAX_POOL, ADAPTIVE_MAX_POOL_OP, x, arguments);
  }

  /** {@code F.adaptive_avg_pool1d} to {@code 3d}. */
  public static Tensor adaptiveAvgPool(Tensor x, AdaptivePoolingArguments arguments) {
    return adaptivePool(ADAPTIVE_AVG_POOL, ADAPTIVE_AVG_POOL_OP, x, arguments);
  }

  private static Tensor adaptivePool(
      Function[] functions, Operator[] operators, Tensor x, AdaptivePoolingArguments arguments) {
    int i = arguments.dims() - 1;
    return Recording.call(functions[i], operators[i], arguments, x, arguments.output(x));
  }

  /**
   * {@code F.lp_pool1d} to {@code 3d}: an average pooling of powers, then a root, through functions
   * that tools see.
   */
  public static Tensor lpPool(Tensor x, PoolingArguments arguments) {
    ForwardPass pass = x.pass();
    Function function = Function.named("F.lp_pool" + arguments.dims() + "d");
    Call outer = pass.begin(function, arguments).in(x);
    Tensor mean = avgPool(x.pow2(), arguments);
    Tensor sign = Torch.sign(mean);
    Tensor positive = relu(Torch.abs(mean));
    return pass.end(outer, sign.times(positive).mul(1).pow(0.5));
  }

  /** {@code F.interpolate(x, size or scale_factor, mode)}. */
  public static Tensor interpolate(Tensor x, InterpolationArguments arguments) {
    return interpolate("F.interpolate", x, arguments);
  }

  /** {@code F.upsample(x, ...)}, the older name, which calls {@code F.interpolate}. */
  public static Tensor upsample(Tensor x, InterpolationArguments arguments) {
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("F.upsample"), arguments).in(x);
    return pass.end(outer, interpolate("F.interpolate", x, arguments));
  }

  private static Tensor interpolate(String function, Tensor x, InterpolationArguments arguments) {
    if (arguments.interpolation() == InterpolationArguments.Interpolation.AREA) {
      Call outer = x.pass().begin(Function.named(function), arguments).in(x);
      return x.pass().end(outer, adaptiveAvgPool(x, arguments.area(x)));
    }
    Tensor y = arguments.output(x);
    Operator operator =
        switch (arguments.interpolation()) {
          case NEAREST -> Aten.UPSAMPLE_NEAREST[x.rank() - 3];
          case NEAREST_EXACT -> Aten.UPSAMPLE_NEAREST_EXACT[x.rank() - 3];
          case LINEAR -> Aten.UPSAMPLE_LINEAR;
          case BILINEAR -> Aten.UPSAMPLE_BILINEAR;
          case BICUBIC -> Aten.UPSAMPLE_BICUBIC;
          case TRILINEAR -> Aten.UPSAMPLE_TRILINEAR;
          case AREA -> throw new AssertionError(arguments);
        };
    return Recording.call(Function.named(function), operator, arguments, x, y);
  }

  /** {@code F.grid_sample(x, grid)}. */
  public static Tensor gridSample(Tensor x, Tensor grid) {
    Tensor y = x.pass().resizable(x);
    for (int i = 2; i < y.rank(); i++) {
      y.set(i, grid.size(i - 1));
    }
    return Recording.call(
        Function.named("F.grid_sample"), Aten.GRID_SAMPLER, Arguments.NONE, x, grid, y);
  }

  /** {@code F.pad(x, pads)}: two sizes a dimension, the last dimension first, as in PyTorch. */
  public static Tensor pad(Tensor x, long... pads) {
    return pad(Padding.CONSTANT, x, pads);
  }

  /** {@code F.pad(x, pads, mode)}. */
  public static Tensor pad(Padding mode, Tensor x, long... pads) {
    if (pads.length % 2 != 0 || pads.length > 2 * x.rank()) {
      throw new ShapeException(
          "pad expects two sizes for each of at most %d dimensions but has %d sizes"
              .formatted(x.rank(), pads.length));
    }
    int dims = pads.length / 2;
    if (mode != Padding.CONSTANT && x.rank() != dims + 1 && x.rank() != dims + 2) {
      throw new ShapeException(
          "%s padding of %d dimensions expects %d or %d dimensions but its input is %s"
              .formatted(mode.word(), dims, dims + 1, dims + 2, x));
    }
    Padded padded = new Padded(mode, x, pads.clone());
    Tensor y = x.pass().tensor(x.rank()).by(padded);
    return Views.record(
        "F.pad",
        Aten.PAD,
        x,
        padded.byNothing() ? Layout.elementwise(y, x) : Layout.suggested(y, x));
  }

  /** {@code F.dropout(x)} and its like, which do nothing in evaluation. */
  public static Tensor dropout(String function, Tensor x) {
    return itself(function, Aten.DROPOUT, x);
  }

  /** {@code F.dropout(x, inplace=True)}. */
  public static Tensor dropoutInplace(Tensor x) {
    return itself("F.dropout", Aten.DROPOUT_, x);
  }

  /** {@code F.embedding(indices, table)}. */
  public static Tensor embedding(Tensor indices, Tensor table) {
    Tensor y = indices.pass().tensor(indices.rank() + 1);
    for (int i = 0; i < indices.rank(); i++) {
      y.set(i, indices.size(i));
    }
    y.set(indices.rank(), table.size(1));
    return Recording.call(
        Function.named("F.embedding"), Aten.EMBEDDING, Arguments.NONE, indices, table, y);
  }

  /** {@code F.embedding_bag(indices, table)}: the mean of each row of indices. */
  public static Tensor embeddingBag(Tensor indices, Tensor table) {
    Tensor y = indices.pass().tensor(2);
    y.set(0, indices.size(0));
    y.set(1, table.size(1));
    return Recording.call(
        Function.named("F.embedding_bag"), Aten.EMBEDDING_BAG, Arguments.NONE, indices, table, y);
  }

  /** {@code F.pixel_shuffle(x, factor)}. */
  public static Tensor pixelShuffle(Tensor x, int factor) {
    long square = (long) factor * factor;
    if (x.rank() < 3 || x.size(-3) % square != 0) {
      throw new ShapeException(
          "pixel_shuffle expects channels that %d divides but its input is %s"
              .formatted(square, x));
    }
    Tensor y = x.pass().resizable(x);
    y.set(y.rank() - 3, x.size(-3) / square);
    y.set(y.rank() - 2, x.size(-2) * factor);
    y.set(y.rank() - 1, x.size(-1) * factor);
    return Views.record("F.pixel_shuffle", Aten.PIXEL_SHUFFLE, x, y);
  }

  /** {@code F.pixel_unshuffle(x, factor)}. */
  public static Tensor pixelUnshuffle(Tensor x, int factor) {
    if (x.rank() < 3 || x.size(-2) % factor != 0 || x.size(-1) % factor != 0) {
      throw new ShapeException(
          "pixel_unshuffle expects sizes that %d divides but its input is %s".formatted(factor, x));
    }
    Tensor y = x.pass().resizable(x);
    y.set(y.rank() - 3, x.size(-3) * factor * factor);
    y.set(y.rank() - 2, x.size(-2) / factor);
    y.set(y.rank() - 1, x.size(-1) / factor);
    return Views.record("F.pixel_unshuffle", Aten.PIXEL_UNSHUFFLE, x, y);
  }

  /** {@code F.channel_shuffle(x, groups)}. */
  public static Tensor channelShuffle(Tensor x) {
    return same("F.channel_shuffle", Aten.CHANNEL_SHUFFLE, Arguments.NONE, x);
  }

  /** {@code F.relu(x)}. */
  public static Tensor relu(Tensor x) {
    return Activations.RELU.of(x);
  }

  /** {@code F.softmax(x, dim)}. */
  public static Tensor softmax(Tensor x, int dim) {
    return Reductions.softmax("F.softmax", Aten.SOFTMAX, x, dim);
  }

  /** {@code F.log_softmax(x, dim)}. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return Reductions.softmax("F.log_softmax", Aten.LOG_SOFTMAX, x, dim);
  }

  /** {@code F.glu(x, dim)}: half of a dimension gates the other half. */
  public static Tensor glu(Tensor x, int dim) {
    int at = Sizes.dim(x, dim, "glu");
    if (x.size(at) % 2 != 0) {
      throw new ShapeException("glu halves dimension %d of a tensor of %s".formatted(dim, x));
    }
    Tensor y = x.pass().resizable(x);
    y.set(at, x.size(at) / 2);
    return Views.record("F.glu", Aten.GLU, x, y);
  }

  /** {@code F.prelu(x, weight)}. */
  public static Tensor prelu(Tensor x, Tensor weight) {
    if (weight.numel() != 1 && (x.rank() < 2 || x.size(1) != weight.numel())) {
      throw new ShapeException(
          "prelu expects 1 or %d channels but its input is %s".formatted(weight.numel(), x));
    }
    return Recording.call(
        Function.named("F.prelu"),
        Aten.PRELU,
        Arguments.NONE,
        x,
        weight,
        Layout.elementwise(x.pass().like(x), x));
  }

  /** {@code torchvision.ops.deform_conv2d(x, offset, weight, bias, mask=mask)}. */
  public static Tensor deformConv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      ConvolutionArguments arguments,
      boolean masked) {
    Arguments all =
        (attribute, call) ->
            attribute == org.whichflops.engine.formula.Attribute.MASKED
                ? (masked ? 1 : 0)
                : arguments.attribute(attribute, call);
    return Recording.call(
        Function.named("torchvision.ops.deform_conv2d"),
        Aten.DEFORM_CONV,
        all,
        x,
        weight,
        bias,
        arguments.output(x));
  }

  private static Tensor itself(String function, Operator operator, Tensor x) {
    Tensor y = Layout.identical(x.pass().like(x), x);
    return Recording.call(Function.named(function), operator, Arguments.NONE, x, y);
  }

  private static Tensor same(String function, Operator operator, Arguments arguments, Tensor x) {
    return Recording.call(Function.named(function), operator, arguments, x, x.pass().like(x));
  }
}
