package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.report.compare.Layers;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;

/**
 * A network's layers at a batch and at three others, which show what grows with the batch. Where
 * the network takes no other batch there is one run.
 *
 * @param shape the input asked for
 * @param batches the batch asked for, then the others
 * @param layers a table of layers for each
 */
@SuppressWarnings("ArrayRecordComponent")
record Runs(Shape shape, long[] batches, List<Layers> layers) {
  private static final int OTHERS = 3;

  /** Runs a network. */
  static Runs of(
      Network network, long batch, @Nullable Resolution resolution, List<Convention> conventions) {
    List<Layers> layers = new ArrayList<>();
    Shape shape = Sweep.input(network, batch, resolution);
    layers.add(Layers.of(network, shape, conventions));
    long[] batches = new long[OTHERS + 1];
    batches[0] = batch;
    int n = 1;
    try {
      for (long other = 1; n <= OTHERS; other++) {
        if (other != batch) {
          layers.add(Layers.of(network, Sweep.input(network, other, resolution), conventions));
          batches[n++] = other;
        }
      }
    } catch (IllegalArgumentException | ShapeException | CountOverflowException e) {
      return new Runs(shape, new long[] {batch}, layers.subList(0, 1));
    }
    return new Runs(shape, batches, layers);
  }

  /** The run that was asked for. */
  Layers asked() {
    return layers.get(0);
  }

  /** Whether the batch can be another. */
  boolean batchIsFree() {
    return batches.length > 1;
  }

  /** The run that a convention counted, at each batch; the first run for {@code -1}. */
  List<ForwardPass> passes(int convention) {
    return layers.stream().map(l -> convention < 0 ? l.pass() : l.pass(convention)).toList();
  }

  /**
   * A quantity as it grows with the batch, or null where it does not grow evenly.
   *
   * @param calls the call it belongs to, in each of the passes
   */
  @Nullable Line line(List<ForwardPass> passes, int[] calls, Expr quantity) {
    long[] values = new long[batches.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = quantity.value(passes.get(i).call(calls[i]));
    }
    return Line.through(batches, values);
  }
}
