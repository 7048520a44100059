package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/**
 * The separable operation of NASNet and PNASNet: ReLU, depthwise, 1x1 and batch norm, twice; only
 * the first may halve the resolution.
 *
 * <p>A shifted one pads a row and a column more before it halves and takes them off after, so that
 * it reads the same positions as TensorFlow's "same" padding.
 */
final class SeparableBranch extends Module {
  /** How the source file shifts the input of the first convolution. */
  enum Shift {
    /** Not at all. */
    NONE,
    /** By a module that is made in the forward, and so is no child. */
    FUNCTION,
    /** By a child. */
    MODULE
  }

  private final Shift shift;
  private final @Nullable Pad pad;
  private final Activation relu;
  private final Separable separable1;
  private final BatchNorm bnSep1;
  private final Activation relu1;
  private final Separable separable2;
  private final BatchNorm bnSep2;

  private SeparableBranch(
      CellLibrary library,
      ModuleType type,
      int in,
      int middle,
      int out,
      int kernel,
      int stride,
      Shift shift) {
    super(type);
    this.shift = shift;
    boolean padded = shift == Shift.MODULE;
    boolean padFirst = padded && library.isProgressive();
    Pad before = padFirst ? child("zero_pad", CellLibrary.shift()) : null;
    relu = child(library.isProgressive() ? "relu_1" : "relu", relu());
    separable1 = child("separable_1", new Separable(library, in, middle, kernel, stride));
    bnSep1 = child("bn_sep_1", batchNorm2d(middle));
    relu1 = child(library.isProgressive() ? "relu_2" : "relu1", relu());
    separable2 = child("separable_2", new Separable(library, middle, out, kernel, 1));
    bnSep2 = child("bn_sep_2", batchNorm2d(out));
    pad = padded && !padFirst ? child("padding", CellLibrary.shift()) : before;
  }

  /** One that keeps its channels. */
  static SeparableBranch keeping(
      CellLibrary library, int channels, int kernel, int stride, Shift shift) {
    String name =
        shift == Shift.MODULE && !library.isProgressive()
            ? "BranchSeparablesReduction"
            : "BranchSeparables";
    ModuleType base = library.type("BranchSeparables");
    ModuleType type =
        name.equals(base.name()) ? base : base.subclass(library.type(name).qualifiedName());
    return new SeparableBranch(library, type, channels, channels, channels, kernel, stride, shift);
  }

  /** One of the stem, which changes its channels in the first half. */
  static SeparableBranch stem(CellLibrary library, int in, int out, int kernel, int stride) {
    ModuleType type =
        library.type(library.isProgressive() ? "BranchSeparables" : "BranchSeparablesStem");
    return new SeparableBranch(library, type, in, out, out, kernel, stride, Shift.NONE);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = relu.call(x);
    if (pad != null) {
      y = pad.call(y);
    } else if (shift == Shift.FUNCTION) {
      y = F.pad(y, 1, 0, 1, 0);
    }
    y = separable1.call(y);
    if (shift != Shift.NONE) {
      y = CellLibrary.withoutFirst(y).contiguous();
    }
    y = bnSep1.call(y);
    y = relu1.call(y);
    y = separable2.call(y);
    return bnSep2.call(y);
  }

  /** Depthwise, then 1x1, with nothing between them. */
  private static final class Separable extends Module {
    private final Conv depthwise;
    private final Conv pointwise;

    Separable(CellLibrary library, int in, int out, int kernel, int stride) {
      super(library.type("SeparableConv2d"));
      depthwise =
          child(
              "depthwise_conv2d",
              conv2d(in, in, kernel).stride(stride).padding(kernel / 2).groups(in).noBias());
      pointwise = child("pointwise_conv2d", conv2d(in, out, 1).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return pointwise.call(depthwise.call(x));
    }
  }
}
