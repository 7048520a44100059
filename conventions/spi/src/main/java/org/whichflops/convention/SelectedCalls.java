package org.whichflops.convention;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * The calls of a pass that are of interest whatever their sizes, so that what looks at few of them
 * in every run goes through all of them once only: found again where the pass calls others, or with
 * tensors of other ranks.
 */
public final class SelectedCalls {
  private final Predicate<Call> selects;

  private int[] indices = {};
  private @Nullable ForwardPass foundIn;
  private int structure;

  /** A selection by what is called, and with tensors of which ranks. */
  public SelectedCalls(Predicate<Call> selects) {
    this.selects = selects;
  }

  /** Their indices in what a pass holds now, rising; not to be changed. */
  public int[] of(ForwardPass pass) {
    if (foundIn != pass || structure != pass.structure()) {
      int[] found = new int[pass.size()];
      int size = 0;
      for (int i = 0; i < found.length; i++) {
        if (selects.test(pass.call(i))) {
          found[size++] = i;
        }
      }
      indices = Arrays.copyOf(found, size);
      foundIn = pass;
      structure = pass.structure();
    }
    return indices;
  }

  /** The same, divided by the key of what is called; worked out anew. */
  public Collection<int[]> byKey(ForwardPass pass) {
    return Arrays.stream(of(pass))
        .boxed()
        .collect(Collectors.groupingBy(i -> pass.call(i).callee().key(), TreeMap::new, toInts()))
        .values();
  }

  private static Collector<Integer, ?, int[]> toInts() {
    return Collectors.collectingAndThen(
        Collectors.toList(), list -> list.stream().mapToInt(Integer::intValue).toArray());
  }
}
