package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.formula.Spatial;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.shape.Sliding;

/**
 * The hyperparameters of a convolution, plain or transposed, over one to three dimensions.
 *
 * @param dims spatial dimensions
 * @param inChannels channels in
 * @param outChannels channels out
 * @param kernel kernel sizes
 * @param stride strides
 * @param padding zeros on either side; null is PyTorch's {@code padding='same'}
 * @param outputPadding sizes added to one side of a transposed convolution's output
 * @param dilation distances between taps
 * @param groups blocks of channels that do not see each other
 * @param bias whether one number is added to every output
 * @param transposed whether it is a transposed convolution
 */
public record ConvolutionArguments(
    int dims,
    int inChannels,
    int outChannels,
    Extents kernel,
    Extents stride,
    @Nullable Extents padding,
    Extents outputPadding,
    Extents dilation,
    int groups,
    boolean bias,
    boolean transposed)
    implements Arguments {

  /** Checks what PyTorch checks when a layer is made. */
  public ConvolutionArguments {
    kernel = kernel.over(dims);
    stride = stride.over(dims);
    padding = padding == null ? null : padding.over(dims);
    outputPadding = outputPadding.over(dims);
    dilation = dilation.over(dims);
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups divide the channels, but groups=%d, in_channels=%d, out_channels=%d"
              .formatted(groups, inChannels, outChannels));
    }
    if (inChannels < 1 || outChannels < 1) {
      throw new IllegalArgumentException(
          "channels are 1 or more, but in_channels=%d, out_channels=%d"
              .formatted(inChannels, outChannels));
    }
    if (!kernel.atLeast(1) || !stride.atLeast(1) || !dilation.atLeast(1)) {
      throw new IllegalArgumentException(
          "kernel, stride and dilation are 1 or more, but kernel_size=%s, stride=%s, dilation=%s"
              .formatted(kernel, stride, dilation));
    }
    if (padding != null && !padding.atLeast(0)) {
      throw new IllegalArgumentException("padding is 0 or more, but padding=" + padding);
    }
    if (padding == null && !stride.equals(Extents.of(1).over(dims))) {
      throw new IllegalArgumentException(
          "padding='same' is for stride 1 only, but stride=" + stride);
    }
    boolean fits = outputPadding.atLeast(0);
    for (int i = 0; i < dims && !outputPadding.atMost(0); i++) {
      fits &=
          outputPadding.get(i) == 0
              || outputPadding.get(i) < Math.max(stride.get(i), dilation.get(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "output_padding is smaller than stride or dilation, but output_padding=%s, stride=%s, "
                  .formatted(outputPadding, stride)
              + "dilation="
              + dilation);
    }
  }

  /** The shape of the weight: out x in/groups x kernel, or in x out/groups x kernel transposed. */
  public Shape weightShape() {
    return Shape.of(weightSizes());
  }

  /** A weight that is learnt, for the layer that is to own it. */
  public Parameter newWeight() {
    return new Parameter(weightSizes(), true);
  }

  private long[] weightSizes() {
    long[] sizes = new long[dims + 2];
    sizes[0] = transposed ? inChannels : outChannels;
    sizes[1] = (transposed ? outChannels : inChannels) / groups;
    for (int i = 0; i < dims; i++) {
      sizes[i + 2] = kernel.get(i);
    }
    return sizes;
  }

  /** The same convolution without padding, for an input that was padded before. */
  public ConvolutionArguments unpadded() {
    return new ConvolutionArguments(
        dims,
        inChannels,
        outChannels,
        kernel,
        stride,
        Extents.of(0),
        outputPadding,
        dilation,
        groups,
        bias,
        transposed);
  }

  Tensor output(Tensor x) {
    return Layout.suggested(x.pass().tensor(x.rank()).by(origin(x)), x);
  }

  private Origin origin(Tensor x) {
    return new Origin() {
      @Override
      void resize(Tensor result) {
        ConvolutionArguments.this.resize(x, result);
      }

      @Override
      @Nullable SymbolicShape symbolic(Symbols symbols) {
        return ConvolutionArguments.this.symbolic(x.symbolic(symbols));
      }
    };
  }

  private @Nullable SymbolicShape symbolic(SymbolicShape x) {
    int channels = x.rank() == dims + 2 ? 1 : 0;
    if (!x.size(channels).isConstant(inChannels)) {
      return null;
    }
    Polynomial[] sizes = x.sizes();
    sizes[channels] = x.symbols().constant(outChannels);
    for (int i = 0; i < dims; i++) {
      Polynomial size = symbolic(i, sizes[channels + 1 + i], x.symbols());
      if (size == null) {
        return null;
      }
      sizes[channels + 1 + i] = size;
    }
    return new SymbolicShape(x.symbols(), sizes);
  }

  private @Nullable Polynomial symbolic(int dim, Polynomial in, Symbols symbols) {
    if (transposed) {
      return symbols.made(
          in,
          size -> output(dim, size),
          "transposed",
          stride.get(dim),
          output(dim, 1)); // and as much as the stride more for each size more
    }
    return padding == null
        ? in
        : symbols.slid(
            in, kernel.get(dim), stride.get(dim), 2L * padding.get(dim), dilation.get(dim));
  }

  private void resize(Tensor x, Tensor y) {
    boolean batched = x.rank() == dims + 2;
    int channels = batched ? 1 : 0;
    if ((!batched && x.rank() != dims + 1) || x.extent(channels) != inChannels) {
      throw new ShapeException(
          "%s expects %d channels in %s or %s but its input is %s"
              .formatted(name(), inChannels, layout(true), layout(false), x));
    }
    if (batched) {
      y.set(0, x.extent(0));
    }
    y.set(channels, outChannels);
    for (int i = 0; i < dims; i++) {
      long out = output(i, x.extent(channels + 1 + i));
      if (out < 1) {
        throw new ShapeException(
            "%s with kernel %s, dilation %s and padding %s does not fit its input of %s"
                .formatted(name(), kernel, dilation, padding, x));
      }
      y.set(channels + 1 + i, out);
    }
  }

  private long output(int dim, long in) {
    if (transposed) {
      return Sliding.transposed(
          in,
          kernel.get(dim),
          stride.get(dim),
          padding == null ? 0 : padding.get(dim),
          outputPadding.get(dim),
          dilation.get(dim));
    }
    return padding == null
        ? in
        : Sliding.convolution(
            in, kernel.get(dim), stride.get(dim), 2L * padding.get(dim), dilation.get(dim));
  }

  private String name() {
    return (transposed ? "conv_transpose" : "conv") + dims + "d";
  }

  private String layout(boolean batched) {
    return (batched ? "[N, C, " : "[C, ")
        + String.join(", ", "DHW".substring(3 - dims).split(""))
        + "]";
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case C_IN -> inChannels;
      case C_OUT -> outChannels;
      case GROUPS -> groups;
      case KERNEL -> kernel.product();
      case STRIDE -> stride.product();
      case BIAS -> bias ? 1 : 0;
      case POSITIONS ->
          transposed ? call.numel(Role.X) / inChannels : call.numel(Role.Y) / outChannels;
      case RECOMPUTED -> recomputed(call);
      case SUMS -> transposed ? touched(call.input(0)) : call.numel(Role.Y);
      default -> NONE.attribute(attribute, call);
    };
  }

  @Override
  public @Nullable Expr expression(Attribute attribute, Call call) {
    return switch (attribute) {
      case POSITIONS ->
          transposed
              ? new FloorQuotient(new Numel(Role.X), new Constant(inChannels))
              : new FloorQuotient(new Numel(Role.Y), new Constant(outChannels));
      case SUMS -> transposed ? null : new Numel(Role.Y);
      case RECOMPUTED ->
          !transposed && padding != null && call.input(0).rank() == dims + 2
              ? new Spatial(Role.Y)
              : null;
      default -> null;
    };
  }

  /**
   * Positions by a plain convolution's formula, as DeepSpeed computes them for plain and transposed
   * ones: {@code padding='same'} is half of what is needed, rounded down, on both sides.
   */
  private long recomputed(Call call) {
    Tensor x = call.input(0);
    if (!transposed && padding != null && x.rank() == dims + 2) {
      return call.spatial(Role.Y);
    }
    long positions = 1;
    for (int i = 0; i < dims && i + 2 < x.rank(); i++) {
      long reach = (long) dilation.get(i) * (kernel.get(i) - 1);
      long padded = x.size(i + 2) + 2 * (padding == null ? reach / 2 : padding.get(i));
      long out = Math.floorDiv(padded - (reach + 1), (long) stride.get(i)) + 1;
      positions = Math.multiplyExact(positions, out);
    }
    return positions;
  }

  private long touched(Tensor x) {
    boolean batched = x.rank() == dims + 2;
    long sums = Math.multiplyExact(batched ? x.size(0) : 1, (long) outChannels);
    for (int i = 0; i < dims; i++) {
      long in = x.size(i - dims);
      long reached = Sliding.touched(in, kernel.get(i), stride.get(i), dilation.get(i));
      sums = Math.multiplyExact(sums, reached);
    }
    return sums;
  }
}
