package org.whichflops.engine.nn;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Padding;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code nn.Conv1d} to {@code nn.Conv3d} and {@code nn.ConvTranspose1d} to {@code 3d}.
 *
 * <p>Made by its factories and refined: {@code conv2d(3, 64, 11).stride(4).padding(2)}. Every step
 * returns a new module.
 */
public final class Conv extends Module {
  private static final ModuleType[] PLAIN = types("Conv");
  private static final ModuleType[] TRANSPOSED = types("ConvTranspose");

  private final ConvolutionArguments arguments;
  private final @Nullable Padding paddingMode;
  private final boolean valid;

  private Conv(
      ModuleType type,
      ConvolutionArguments arguments,
      @Nullable Padding paddingMode,
      boolean valid) {
    super(type);
    this.arguments = arguments;
    this.paddingMode = paddingMode;
    this.valid = valid;
  }

  @Override
  protected void makeParameters() {
    parameter("weight", arguments.newWeight());
    if (arguments.bias()) {
      parameter("bias", arguments.outChannels());
    }
  }

  private static ModuleType[] types(String name) {
    ModuleType[] types = new ModuleType[3];
    for (int dims = 1; dims <= 3; dims++) {
      types[dims - 1] = ModuleType.nn("conv", name + dims + "d");
    }
    return types;
  }

  /** The layer with these hyperparameters, of one to three dimensions. */
  public static Conv of(ConvolutionArguments arguments) {
    ModuleType[] types = arguments.transposed() ? TRANSPOSED : PLAIN;
    return new Conv(types[arguments.dims() - 1], arguments, null, false);
  }

  private static Conv of(boolean transposed, int dims, int in, int out, int... kernel) {
    return of(
        new ConvolutionArguments(
            dims,
            in,
            out,
            Extents.of(kernel),
            Extents.of(1),
            Extents.of(0),
            Extents.of(0),
            Extents.of(1),
            1,
            true,
            transposed));
  }

  /** {@code nn.Conv1d(in, out, kernel)}. */
  public static Conv conv1d(int in, int out, int... kernel) {
    return of(false, 1, in, out, kernel);
  }

  /** {@code nn.Conv2d(in, out, kernel)}; one kernel size, or height and width. */
  public static Conv conv2d(int in, int out, int... kernel) {
    return of(false, 2, in, out, kernel);
  }

  /** {@code nn.Conv3d(in, out, kernel)}; one kernel size, or one a dimension. */
  public static Conv conv3d(int in, int out, int... kernel) {
    return of(false, 3, in, out, kernel);
  }

  /** {@code nn.ConvTranspose1d(in, out, kernel)}. */
  public static Conv convTranspose1d(int in, int out, int... kernel) {
    return of(true, 1, in, out, kernel);
  }

  /** {@code nn.ConvTranspose2d(in, out, kernel)}. */
  public static Conv convTranspose2d(int in, int out, int... kernel) {
    return of(true, 2, in, out, kernel);
  }

  /** {@code nn.ConvTranspose3d(in, out, kernel)}. */
  public static Conv convTranspose3d(int in, int out, int... kernel) {
    return of(true, 3, in, out, kernel);
  }

  /** With strides; one, or one a dimension. */
  public Conv stride(int... stride) {
    return with(Extents.of(stride), arguments.padding(), arguments.dilation(), valid);
  }

  /** With padding on either side; one, or one a dimension. */
  public Conv padding(int... padding) {
    return with(arguments.stride(), Extents.of(padding), arguments.dilation(), false);
  }

  /** With {@code padding='same'}: the output is as large as the input. */
  public Conv paddingSame() {
    return with(arguments.stride(), null, arguments.dilation(), false);
  }

  /** With {@code padding='valid'}: none, but said by a word, which runs as another operator. */
  public Conv paddingValid() {
    return with(arguments.stride(), Extents.of(0), arguments.dilation(), true);
  }

  /** With distances between taps; one, or one a dimension. */
  public Conv dilation(int... dilation) {
    return with(arguments.stride(), arguments.padding(), Extents.of(dilation), valid);
  }

  /** With groups of channels that do not see each other. */
  public Conv groups(int groups) {
    return with(arguments.outputPadding(), groups, arguments.bias());
  }

  /** Without bias. */
  public Conv noBias() {
    return bias(false);
  }

  /** With or without bias. */
  public Conv bias(boolean bias) {
    return with(arguments.outputPadding(), arguments.groups(), bias);
  }

  /** A transposed convolution with sizes added to one side of its output. */
  public Conv outputPadding(int... outputPadding) {
    return with(Extents.of(outputPadding), arguments.groups(), arguments.bias());
  }

  /** With a {@code padding_mode} other than zeros, such as {@code reflect}. */
  public Conv paddingMode(String mode) {
    return new Conv(type(), arguments, mode.equals("zeros") ? null : Padding.of(mode), valid);
  }

  /** The same layer as an instance of another class, such as one derived from Conv2d. */
  public Conv as(ModuleType type) {
    return new Conv(type, arguments, paddingMode, valid);
  }

  private Conv with(Extents stride, @Nullable Extents padding, Extents dilation, boolean valid) {
    return new Conv(
        type(),
        new ConvolutionArguments(
            arguments.dims(),
            arguments.inChannels(),
            arguments.outChannels(),
            arguments.kernel(),
            stride,
            padding,
            arguments.outputPadding(),
            dilation,
            arguments.groups(),
            arguments.bias(),
            arguments.transposed()),
        paddingMode,
        valid);
  }

  private Conv with(Extents outputPadding, int groups, boolean bias) {
    return new Conv(
        type(),
        new ConvolutionArguments(
            arguments.dims(),
            arguments.inChannels(),
            arguments.outChannels(),
            arguments.kernel(),
            arguments.stride(),
            arguments.padding(),
            outputPadding,
            arguments.dilation(),
            groups,
            bias,
            arguments.transposed()),
        paddingMode,
        valid);
  }

  /** The hyperparameters. */
  public ConvolutionArguments hyperparameters() {
    return arguments;
  }

  @Override
  public Extents kernelSize() {
    return arguments.kernel().each();
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    StringBuilder text = new StringBuilder();
    text.append(arguments.inChannels()).append(", ").append(arguments.outChannels());
    text.append(", kernel_size=").append(arguments.kernel());
    text.append(", stride=").append(arguments.stride());
    Extents padding = arguments.padding();
    if (padding == null || valid) {
      text.append(padding == null ? ", padding=same" : ", padding=valid");
    } else {
      append(text, "padding", padding, 0);
    }
    append(text, "dilation", arguments.dilation(), 1);
    append(text, "output_padding", arguments.outputPadding(), 0);
    if (arguments.groups() != 1) {
      text.append(", groups=").append(arguments.groups());
    }
    if (!arguments.bias()) {
      text.append(", bias=False");
    }
    if (paddingMode != null) {
      text.append(", padding_mode=").append(paddingMode.word());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, Extents values, int unsaid) {
    if (!values.equals(Extents.of(unsaid).over(values.count()))) {
      text.append(", ").append(name).append('=').append(values);
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor weight = Objects.requireNonNull(weight());
    Tensor bias = arguments.bias() ? parameters().get("bias") : null;
    if (paddingMode != null) {
      return F.conv(F.pad(paddingMode, x, pads()), weight, bias, arguments.unpadded());
    }
    return valid || arguments.padding() == null
        ? F.convWithNamedPadding(x, weight, bias, arguments)
        : F.conv(x, weight, bias, arguments);
  }

  /** Both sides of every dimension, the last dimension first, as {@code F.pad} takes them. */
  private long[] pads() {
    int dims = arguments.dims();
    long[] pads = new long[2 * dims];
    for (int i = 0; i < dims; i++) {
      int dim = dims - 1 - i;
      Extents padding = arguments.padding();
      long total =
          padding == null
              ? (long) arguments.dilation().get(dim) * (arguments.kernel().get(dim) - 1)
              : 2L * padding.get(dim);
      pads[2 * i] = total / 2;
      pads[2 * i + 1] = total - total / 2;
    }
    return pads;
  }

  /** The {@code padding_mode}; {@code zeros} unless said. */
  public String paddingMode() {
    return paddingMode == null ? "zeros" : paddingMode.word();
  }

  /** Whether its padding was said by the word {@code valid}. */
  public boolean isPaddingValid() {
    return valid;
  }
}
