package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.papers.SeparableBranch.Shift;

/**
 * PNASNet-5, "Progressive Neural Architecture Search" (Liu et al., arXiv 1712.00559, figure 1);
 * follows Cadene/pretrained-models.pytorch, pnasnet.py, for the large network.
 *
 * <p>There is no such file for the mobile one: it has the same cells with the paper's N = 3 and F =
 * 54 on TF-slim's stem of 32 channels, shifted wherever an even resolution is halved.
 */
public final class PNasNet extends Module {
  private static final String SOURCE =
      "Liu et al. 2017, arXiv 1712.00559; Cadene/pretrained-models.pytorch";

  /** Every cell puts five sums side by side. */
  private static final int SUMS = 5;

  private static final int STACKS = 3;

  /** The two networks of the paper, by cells a stack (N) and filters (F). */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named("pnasnet5_mobile", "PNASNet", SOURCE, InputSize.image(224))
              .options(NUM_CLASSES)
              .remark(
                  "N = 3, F = 54; the paper prints 588M, the weights' code has 593.6M multiply-adds;"
                      + " 'same' padding as at a resolution of 224")
              .builtBy(
                  settings ->
                      new PNasNet(
                          3,
                          54,
                          32,
                          7,
                          List.of(Shift.MODULE, Shift.MODULE, Shift.MODULE),
                          settings.get(NUM_CLASSES))),
          Architecture.named("pnasnet5_large", "PNASNet", SOURCE, InputSize.image(331))
              .options(NUM_CLASSES)
              .remark("N = 4, F = 216; 'same' padding as at a resolution of 331")
              .builtBy(
                  settings ->
                      new PNasNet(
                          4,
                          216,
                          96,
                          11,
                          List.of(Shift.NONE, Shift.MODULE, Shift.NONE),
                          settings.get(NUM_CLASSES))));

  private final Sequential conv0;
  private final PNasNetCell stem0;
  private final PNasNetCell stem1;
  private final List<PNasNetCell> cells = new ArrayList<>();
  private final Activation relu;
  private final Pool avgPool;
  private final Dropout dropout;
  private final Linear lastLinear;

  /**
   * A network.
   *
   * @param shifts of the cells that halve the resolution, after the first of the stem
   */
  private PNasNet(
      int cellsPerStack, int filters, int stem, int pooled, List<Shift> shifts, int numClasses) {
    super(CellLibrary.PNASNET.type("PNASNet5Large"));
    conv0 =
        child(
            "conv_0",
            new Sequential()
                .add("conv", conv2d(3, stem, 3).stride(2).noBias())
                .add("bn", batchNorm2d(stem)));
    stem0 = child("cell_stem_0", new PNasNetCell(stem, filters / 4));
    int left = SUMS * (filters / 4);
    stem1 = child("cell_stem_1", new PNasNetCell(stem, left, filters / 2, true, 2, shifts.get(0)));
    int right = SUMS * (filters / 2);
    boolean halved = true;
    for (int i = 0; i < STACKS * cellsPerStack; i++) {
      int stack = i / cellsPerStack;
      int out = filters << stack;
      boolean halving = stack > 0 && i % cellsPerStack == 0;
      Shift shift = halving ? shifts.get(stack) : Shift.NONE;
      cells.add(
          child("cell_" + i, new PNasNetCell(left, right, out, halved, halving ? 2 : 1, shift)));
      left = right;
      right = SUMS * out;
      halved = halving;
    }
    relu = child("relu", relu());
    avgPool = child("avg_pool", avgPool2d(pooled).stride(1));
    dropout = child("dropout", dropout());
    lastLinear = child("last_linear", new Linear(right, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor start = conv0.call(x);
    Tensor left = stem0.call(new Tensor[] {start})[0];
    Tensor right = stem1.call(start, left)[0];
    for (PNasNetCell cell : cells) {
      Tensor next = cell.call(left, right)[0];
      left = right;
      right = next;
    }
    Tensor y = relu.call(right);
    y = avgPool.call(y);
    y = y.viewRows();
    y = dropout.call(y);
    return lastLinear.call(y);
  }
}
