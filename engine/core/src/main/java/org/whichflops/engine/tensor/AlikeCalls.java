package org.whichflops.engine.tensor;

import java.util.Arrays;

/**
 * The calls of a pass to what has one {@linkplain Callee#variantKey variant key}, so that who looks
 * for some things among a million calls need not touch the rest.
 */
public final class AlikeCalls {
  private final Callee first;
  private int[] indices = new int[4];
  private int size;

  /** Those to one thing, none yet. */
  AlikeCalls(Callee first) {
    this.first = first;
  }

  void add(int index) {
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, 2 * size);
    }
    indices[size++] = index;
  }

  AlikeCalls trimmed() {
    indices = Arrays.copyOf(indices, size);
    return this;
  }

  /** What the first of them calls: the others may call other modules of its class. */
  public Callee first() {
    return first;
  }

  /** Their indices in the pass, rising; not to be changed. */
  public int[] indices() {
    return indices;
  }
}
