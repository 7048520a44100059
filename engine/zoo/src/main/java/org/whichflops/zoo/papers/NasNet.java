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
 * NASNet-A, "Learning Transferable Architectures for Scalable Image Recognition" (Zoph et al.,
 * arXiv 1707.07012, figures 2 and 4); follows Cadene/pretrained-models.pytorch, nasnet.py and
 * nasnet_mobile.py.
 *
 * <p>"6 @ 4032" is a network of three stacks of 6 normal cells whose last output has 4032 channels.
 * The mobile one pads otherwise, in its second stem cell and second reduction cell.
 */
public final class NasNet extends Module {
  private static final String SOURCE =
      "Zoph et al. 2017, arXiv 1707.07012; Cadene/pretrained-models.pytorch";

  /** Normal cells in a stack of the largest network; the names of cells leave room for them. */
  private static final int MOST_CELLS = 6;

  /** The two networks with published weights: 4 @ 1056 and 6 @ 4032. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named("nasnet_a_mobile", "NASNet", SOURCE, InputSize.image(224))
              .options(NUM_CLASSES)
              .remark("4 @ 1056; the paper prints 564M, the weights' code has 568.2M multiply-adds")
              .builtBy(
                  settings ->
                      new NasNet(
                          CellLibrary.NASNET_MOBILE, 4, 1056, 32, 7, settings.get(NUM_CLASSES))),
          Architecture.named("nasnet_a_large", "NASNet", SOURCE, InputSize.image(331))
              .options(NUM_CLASSES)
              .remark("6 @ 4032")
              .builtBy(
                  settings ->
                      new NasNet(CellLibrary.NASNET, 6, 4032, 96, 11, settings.get(NUM_CLASSES))));

  private final CellLibrary library;
  private final Sequential conv0;
  private final NasNetCell stem0;
  private final NasNetCell stem1;
  private final List<List<NasNetCell>> stacks = new ArrayList<>();
  private final List<NasNetCell> reductions = new ArrayList<>();
  private final Activation relu;
  private final Pool avgPool;
  private final Dropout dropout;
  private final Linear lastLinear;

  private NasNet(
      CellLibrary library, int cells, int penultimate, int stem, int pooled, int numClasses) {
    super(library.type(library == CellLibrary.NASNET ? "NASNetALarge" : "NASNetAMobile"));
    this.library = library;
    int filters = penultimate / 24;
    Shift shift = library == CellLibrary.NASNET ? Shift.NONE : Shift.FUNCTION;
    conv0 =
        child(
            "conv0",
            new Sequential()
                .add("conv", conv2d(3, stem, 3).stride(2).noBias())
                .add("bn", batchNorm2d(stem)));
    stem0 = child("cell_stem_0", NasNetCell.Reduction.firstOfStem(library, stem, filters / 4));
    stem1 =
        child(
            "cell_stem_1",
            NasNetCell.Reduction.secondOfStem(
                library, stem, 4 * (filters / 4), filters / 2, shift));
    stack(0, cells, filters, 2 * filters, filters);
    reduction(0, 6 * filters, 2 * filters, Shift.MODULE);
    stack(1, cells, 6 * filters, 8 * filters, 2 * filters);
    reduction(1, 12 * filters, 4 * filters, shift);
    stack(2, cells, 12 * filters, 16 * filters, 4 * filters);
    relu = child("relu", relu());
    avgPool = child("avg_pool", avgPool2d(pooled).stride(1));
    dropout = child("dropout", dropout());
    lastLinear = child("last_linear", new Linear(24 * filters, numClasses));
  }

  /** Normal cells; the first fits an output of twice the resolution. */
  private void stack(int number, int cells, int inPrev, int in, int filters) {
    List<NasNetCell> stack = new ArrayList<>();
    int previous = inPrev;
    int last = in;
    for (int i = 0; i < cells; i++) {
      NasNetCell cell = new NasNetCell.Normal(library, previous, filters, last, filters, i == 0);
      stack.add(child("cell_" + (number * MOST_CELLS + i), cell));
      previous = last;
      last = 6 * filters;
    }
    stacks.add(stack);
  }

  private void reduction(int number, int in, int filters, Shift shift) {
    NasNetCell cell = NasNetCell.Reduction.between(library, number, in, in, filters, shift);
    reductions.add(child("reduction_cell_" + number, cell));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor start = conv0.call(x);
    Tensor previous = stem0.call(new Tensor[] {start})[0];
    Tensor last = stem1.call(previous, start)[0];
    for (int i = 0; i < stacks.size(); i++) {
      for (NasNetCell cell : stacks.get(i)) {
        Tensor next = cell.call(last, previous)[0];
        previous = last;
        last = next;
      }
      if (i < reductions.size()) {
        Tensor reduced = reductions.get(i).call(last, previous)[0];
        // What the next stack fits: the large network skips the last cell, the mobile one does not.
        previous = library == CellLibrary.NASNET ? previous : last;
        last = reduced;
      }
    }
    Tensor y = relu.call(last);
    y = avgPool.call(y);
    y = y.viewRows();
    y = dropout.call(y);
    return lastLinear.call(y);
  }
}
