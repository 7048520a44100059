package org.whichflops.convention;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * The calls of a pass whose callee is of interest, so that what looks at few of them in every run
 * goes through all of them once only: found again where the pass calls others.
 */
public final class SelectedCalls {
  private final Predicate<Callee> selects;

  private int[] indices = {};
  private @Nullable ForwardPass foundIn;
  private int structure;

  /** A selection by what is called. */
  public SelectedCalls(Predicate<Callee> selects) {
    this.selects = selects;
  }

  /** Their indices in what a pass holds now, rising; not to be changed. */
  public int[] of(ForwardPass pass) {
    if (foundIn != pass || structure != pass.structure()) {
      int[] found = new int[pass.size()];
      int size = 0;
      for (int i = 0; i < found.length; i++) {
        if (selects.test(pass.call(i).callee())) {
          found[size++] = i;
        }
      }
      indices = Arrays.copyOf(found, size);
      foundIn = pass;
      structure = pass.structure();
    }
    return indices;
  }
}
