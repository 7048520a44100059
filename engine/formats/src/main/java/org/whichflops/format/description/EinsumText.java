package org.whichflops.format.description;

import java.util.Arrays;
import org.whichflops.engine.tensor.Call;

/**
 * Finds an equation for a recorded einsum of two tensors: one whose sizes agree in every sample and
 * which makes the same matrix product.
 */
final class EinsumText {
  private final Sampled call;
  private final int[] left;
  private final int[] right;
  private final int results;
  private final Call product;

  EinsumText(Sampled call) {
    this.call = call;
    if (call.first().inputCount() != 2) {
      throw new ConversionException("an einsum of one tensor cannot be written");
    }
    left = new int[call.first().input(0).rank()];
    right = new int[call.first().input(1).rank()];
    results = call.first().output(0).rank();
    Call last = call.first();
    for (Sampled outer : call.children()) {
      for (Sampled inner : outer.children()) {
        last = inner.first();
      }
    }
    product = last;
  }

  /** The equation. */
  String equation() {
    Arrays.fill(left, -1);
    Arrays.fill(right, -1);
    if (!result(0)) {
      throw new ConversionException("the equation of an einsum cannot be told from the sizes");
    }
    StringBuilder text = new StringBuilder();
    for (int letter : left) {
      text.append((char) ('a' + letter));
    }
    text.append(',');
    for (int letter : right) {
      text.append((char) ('a' + letter));
    }
    text.append("->");
    for (int i = 0; i < results; i++) {
      text.append((char) ('a' + i));
    }
    return text.toString();
  }

  /** Gives a dimension of the result to one of the first tensor, of the second, or of both. */
  private boolean result(int dim) {
    if (dim == results) {
      return inner(results, 0);
    }
    for (int a = -1; a < left.length; a++) {
      for (int b = -1; b < right.length; b++) {
        boolean fits =
            (a >= 0 || b >= 0)
                && (a < 0 || (left[a] < 0 && same(call.outputSizes(0, dim), call.inputSizes(0, a))))
                && (b < 0
                    || (right[b] < 0 && same(call.outputSizes(0, dim), call.inputSizes(1, b))));
        if (fits) {
          set(a, b, dim);
          if (result(dim + 1)) {
            return true;
          }
          set(a, b, -1);
        }
      }
    }
    return false;
  }

  private void set(int a, int b, int letter) {
    if (a >= 0) {
      left[a] = letter;
    }
    if (b >= 0) {
      right[b] = letter;
    }
  }

  /** Pairs what is left of both tensors: these dimensions are summed over. */
  private boolean inner(int letter, int from) {
    int a = from;
    while (a < left.length && left[a] >= 0) {
      a++;
    }
    if (a == left.length) {
      return Arrays.stream(right).allMatch(named -> named >= 0) && sameProduct();
    }
    for (int b = 0; b < right.length; b++) {
      if (right[b] < 0 && same(call.inputSizes(0, a), call.inputSizes(1, b))) {
        set(a, b, letter);
        if (inner(letter + 1, a + 1)) {
          return true;
        }
        set(a, b, -1);
      }
    }
    return false;
  }

  private static boolean same(long[] a, long[] b) {
    return Arrays.equals(a, b);
  }

  /** Whether batch, rows, inner size and columns are those of the product that was recorded. */
  private boolean sameProduct() {
    long batch = 1;
    long rows = 1;
    long columns = 1;
    for (int i = 0; i < results; i++) {
      long size = call.first().output(0).size(i);
      boolean inLeft = has(left, i);
      boolean inRight = has(right, i);
      batch *= inLeft && inRight ? size : 1;
      rows *= inLeft && !inRight ? size : 1;
      columns *= inRight && !inLeft ? size : 1;
    }
    return product.outputCount() == 1
        && product.output(0).rank() == 3
        && product.output(0).size(0) == batch
        && product.output(0).size(1) == rows
        && product.output(0).size(2) == columns;
  }

  private static boolean has(int[] letters, int letter) {
    return Arrays.stream(letters).anyMatch(l -> l == letter);
  }
}
