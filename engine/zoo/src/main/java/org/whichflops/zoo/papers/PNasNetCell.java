package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.papers.SeparableBranch.Shift;

/**
 * The cell of PNASNet-5, figure 1 of the paper: five sums of two operations over the outputs of the
 * cell before the last (left) and of the last (right), in which it is called.
 */
final class PNasNetCell extends Module {
  private static final CellLibrary LIBRARY = CellLibrary.PNASNET;
  private static final ModuleType BASE = LIBRARY.type("CellBase");

  private final @Nullable Module convPrev;
  private final Module conv;
  private final Module left0;
  private final Module right0;
  private final Module left1;
  private final Module right1;
  private final Module left2;
  private final Module right2;
  private final Module left3;
  private final Module right3;
  private final Module left4;
  private final @Nullable Module right4;

  /** The first cell of the stem: both inputs are the first convolution; halves the resolution. */
  PNasNetCell(int in, int out) {
    super(BASE.subclass(LIBRARY.type("CellStem0").qualifiedName()));
    convPrev = null;
    conv = child("conv_1x1", new ReluConvBn(in, out, 1));
    left0 = child("comb_iter_0_left", SeparableBranch.stem(LIBRARY, in, out, 5, 2));
    right0 =
        child(
            "comb_iter_0_right",
            new Sequential()
                .add("max_pool", pool(2, Shift.NONE))
                .add("conv", conv2d(in, out, 1).noBias())
                .add("bn", batchNorm2d(out)));
    left1 = child("comb_iter_1_left", SeparableBranch.keeping(LIBRARY, out, 7, 2, Shift.NONE));
    right1 = child("comb_iter_1_right", pool(2, Shift.NONE));
    left2 = child("comb_iter_2_left", SeparableBranch.keeping(LIBRARY, out, 5, 2, Shift.NONE));
    right2 = child("comb_iter_2_right", SeparableBranch.keeping(LIBRARY, out, 3, 2, Shift.NONE));
    left3 = child("comb_iter_3_left", SeparableBranch.keeping(LIBRARY, out, 3, 1, Shift.NONE));
    right3 = child("comb_iter_3_right", pool(2, Shift.NONE));
    left4 = child("comb_iter_4_left", SeparableBranch.stem(LIBRARY, in, out, 3, 2));
    right4 = child("comb_iter_4_right", new ReluConvBn(out, out, 2));
  }

  /**
   * Any other cell.
   *
   * @param prevHalved whether the left input is twice as high and wide as the right one
   * @param stride 2 to halve the resolution
   */
  PNasNetCell(int inLeft, int inRight, int out, boolean prevHalved, int stride, Shift shift) {
    super(BASE.subclass(LIBRARY.type("Cell").qualifiedName()));
    convPrev =
        child(
            "conv_prev_1x1",
            prevHalved ? new FactorizedReduction(inLeft, out) : new ReluConvBn(inLeft, out, 1));
    conv = child("conv_1x1", new ReluConvBn(inRight, out, 1));
    left0 = child("comb_iter_0_left", SeparableBranch.keeping(LIBRARY, out, 5, stride, shift));
    right0 = child("comb_iter_0_right", pool(stride, shift));
    left1 = child("comb_iter_1_left", SeparableBranch.keeping(LIBRARY, out, 7, stride, shift));
    right1 = child("comb_iter_1_right", pool(stride, shift));
    left2 = child("comb_iter_2_left", SeparableBranch.keeping(LIBRARY, out, 5, stride, shift));
    right2 = child("comb_iter_2_right", SeparableBranch.keeping(LIBRARY, out, 3, stride, shift));
    left3 = child("comb_iter_3_left", SeparableBranch.keeping(LIBRARY, out, 3, 1, Shift.NONE));
    right3 = child("comb_iter_3_right", pool(stride, shift));
    left4 = child("comb_iter_4_left", SeparableBranch.keeping(LIBRARY, out, 3, stride, shift));
    right4 = stride > 1 ? child("comb_iter_4_right", new ReluConvBn(out, out, stride)) : null;
  }

  private static Module pool(int stride, Shift shift) {
    return new ShiftedPool(maxPool2d(3).stride(stride).padding(1), shift != Shift.NONE);
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    Tensor left = convPrev == null ? inputs[0] : convPrev.call(inputs[0]);
    Tensor right = conv.call(inputs[inputs.length - 1]);
    Tensor sum0 = left0.call(left).plus(right0.call(left));
    Tensor sum1 = left1.call(right).plus(right1.call(right));
    Tensor sum2 = left2.call(right).plus(right2.call(right));
    Tensor sum3 = left3.call(sum2).plus(right3.call(right));
    Tensor sum4 = left4.call(left).plus(right4 == null ? right : right4.call(right));
    return new Tensor[] {Torch.cat(1, sum0, sum1, sum2, sum3, sum4)};
  }

  private static final class ReluConvBn extends Module {
    private final Activation relu;
    private final Conv conv;
    private final BatchNorm bn;

    ReluConvBn(int in, int out, int stride) {
      super(LIBRARY.type("ReluConvBn"));
      relu = child("relu", relu());
      conv = child("conv", conv2d(in, out, 1).stride(stride).noBias());
      bn = child("bn", batchNorm2d(out));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return bn.call(conv.call(relu.call(x)));
    }
  }

  private static final class FactorizedReduction extends Module {
    private final FactorizedPaths paths;

    FactorizedReduction(int in, int out) {
      super(LIBRARY.type("FactorizedReduction"));
      paths = new FactorizedPaths(LIBRARY, in, out);
      paths.addTo(this::child);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return paths.of(x);
    }
  }
}
