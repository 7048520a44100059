package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.papers.SeparableBranch.Shift;

/**
 * A cell of NASNet-A, figure 4 of the paper: five sums of two operations over the last two cells'
 * outputs. Called with the output of the last cell and of the one before it.
 */
abstract class NasNetCell extends Module {
  private final @Nullable Sequential convPrev;
  private final @Nullable FactorizedPaths paths;
  private final Sequential conv;

  /** Without any fitting of the output before the last, as in the first cell of the stem. */
  NasNetCell(CellLibrary library, String type, int in, int out) {
    super(library.type(type));
    convPrev = null;
    paths = null;
    conv = child("conv_1x1", fitting(in, out));
  }

  /**
   * With both outputs fitted.
   *
   * @param halved whether the output before the last is twice as high and wide
   */
  NasNetCell(
      CellLibrary library, String type, int inPrev, int outPrev, int in, int out, boolean halved) {
    super(library.type(type));
    convPrev = halved ? null : child("conv_prev_1x1", fitting(inPrev, outPrev));
    conv = child("conv_1x1", fitting(in, out));
    paths = halved ? new FactorizedPaths(library, inPrev, outPrev) : null;
    if (paths != null) {
      paths.addTo(this::child);
    }
  }

  private static Sequential fitting(int in, int out) {
    return new Sequential()
        .add("relu", relu())
        .add("conv", conv2d(in, out, 1).noBias())
        .add("bn", batchNorm2d(out));
  }

  /** The last output, fitted. */
  final Tensor fitted(Tensor x) {
    return conv.call(x);
  }

  /** The output before the last, fitted. */
  final Tensor fittedPrevious(Tensor x) {
    if (paths != null) {
      return paths.of(x);
    }
    return convPrev == null ? x : convPrev.call(x);
  }

  private static Pool average(int stride) {
    return avgPool2d(3).stride(stride).padding(1);
  }

  /** Keeps the resolution. */
  static final class Normal extends NasNetCell {
    private final Module left0;
    private final Module right0;
    private final Module left1;
    private final Module right1;
    private final Module left2;
    private final Module left3;
    private final Module right3;
    private final Module left4;

    Normal(CellLibrary library, int inPrev, int outPrev, int in, int out, boolean halved) {
      super(library, halved ? "FirstCell" : "NormalCell", inPrev, outPrev, in, out, halved);
      left0 = child("comb_iter_0_left", separable(library, out, 5));
      right0 = child("comb_iter_0_right", separable(library, outPrev, 3));
      left1 = child("comb_iter_1_left", separable(library, outPrev, 5));
      right1 = child("comb_iter_1_right", separable(library, outPrev, 3));
      left2 = child("comb_iter_2_left", average(1));
      left3 = child("comb_iter_3_left", average(1));
      right3 = child("comb_iter_3_right", average(1));
      left4 = child("comb_iter_4_left", separable(library, out, 3));
    }

    private static Module separable(CellLibrary library, int channels, int kernel) {
      return SeparableBranch.keeping(library, channels, kernel, 1, Shift.NONE);
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor previous = fittedPrevious(inputs[1]);
      Tensor last = fitted(inputs[0]);
      Tensor sum0 = left0.call(last).plus(right0.call(previous));
      Tensor sum1 = left1.call(previous).plus(right1.call(previous));
      Tensor sum2 = left2.call(last).plus(previous);
      Tensor sum3 = left3.call(previous).plus(right3.call(previous));
      Tensor sum4 = left4.call(last).plus(last);
      return new Tensor[] {Torch.cat(1, previous, sum0, sum1, sum2, sum3, sum4)};
    }
  }

  /** Halves the resolution. */
  static final class Reduction extends NasNetCell {
    /** The order in which the two outputs are fitted. */
    private enum First {
      LAST,
      PREVIOUS
    }

    private final First first;
    private final Module left0;
    private final Module right0;
    private final Module left1;
    private final Module right1;
    private final Module left2;
    private final Module right2;
    private final Module right3;
    private final Module left4;
    private final Module right4;

    private Reduction(CellLibrary library, int in, int out) {
      super(library, "CellStem0", in, out);
      first = First.LAST;
      left0 = child("comb_iter_0_left", SeparableBranch.keeping(library, out, 5, 2, Shift.NONE));
      right0 = child("comb_iter_0_right", SeparableBranch.stem(library, in, out, 7, 2));
      left1 = child("comb_iter_1_left", maxPool2d(3).stride(2).padding(1));
      right1 = child("comb_iter_1_right", SeparableBranch.stem(library, in, out, 7, 2));
      left2 = child("comb_iter_2_left", average(2));
      right2 = child("comb_iter_2_right", SeparableBranch.stem(library, in, out, 5, 2));
      right3 = child("comb_iter_3_right", average(1));
      left4 = child("comb_iter_4_left", SeparableBranch.keeping(library, out, 3, 1, Shift.NONE));
      right4 = child("comb_iter_4_right", maxPool2d(3).stride(2).padding(1));
    }

    private Reduction(
        CellLibrary library,
        String type,
        First first,
        int inPrev,
        int in,
        int out,
        boolean halved,
        Shift shift) {
      super(library, type, inPrev, out, in, out, halved);
      this.first = first;
      boolean shifted = shift != Shift.NONE;
      left0 = child("comb_iter_0_left", SeparableBranch.keeping(library, out, 5, 2, shift));
      right0 = child("comb_iter_0_right", SeparableBranch.keeping(library, out, 7, 2, shift));
      left1 = child("comb_iter_1_left", pool(library, shifted, true));
      right1 = child("comb_iter_1_right", SeparableBranch.keeping(library, out, 7, 2, shift));
      left2 = child("comb_iter_2_left", pool(library, shifted, false));
      right2 = child("comb_iter_2_right", SeparableBranch.keeping(library, out, 5, 2, shift));
      right3 = child("comb_iter_3_right", average(1));
      left4 = child("comb_iter_4_left", SeparableBranch.keeping(library, out, 3, 1, shift));
      right4 = child("comb_iter_4_right", pool(library, shifted, true));
    }

    /** The first cell of the stem, over the first convolution alone. */
    static Reduction firstOfStem(CellLibrary library, int in, int out) {
      return new Reduction(library, in, out);
    }

    /** The second cell of the stem. */
    static Reduction secondOfStem(CellLibrary library, int inPrev, int in, int out, Shift shift) {
      return new Reduction(library, "CellStem1", First.LAST, inPrev, in, out, true, shift);
    }

    /** A cell between two stacks of normal ones. */
    static Reduction between(
        CellLibrary library, int number, int inPrev, int in, int out, Shift shift) {
      return new Reduction(
          library, "ReductionCell" + number, First.PREVIOUS, inPrev, in, out, false, shift);
    }

    private static Module pool(CellLibrary library, boolean shifted, boolean max) {
      Pool pool = max ? maxPool2d(3).stride(2).padding(1) : average(2);
      return shifted ? new ShiftedPool(library, max ? "MaxPoolPad" : "AvgPoolPad", pool) : pool;
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor previous;
      Tensor last;
      if (first == First.LAST) {
        last = fitted(inputs[0]);
        previous = fittedPrevious(inputs[inputs.length - 1]);
      } else {
        previous = fittedPrevious(inputs[1]);
        last = fitted(inputs[0]);
      }
      Tensor sum0 = left0.call(last).plus(right0.call(previous));
      Tensor sum1 = left1.call(last).plus(right1.call(previous));
      Tensor sum2 = left2.call(last).plus(right2.call(previous));
      Tensor sum3 = right3.call(sum0).plus(sum1);
      Tensor sum4 = left4.call(sum0).plus(right4.call(last));
      return new Tensor[] {Torch.cat(1, sum1, sum2, sum3, sum4)};
    }
  }
}
