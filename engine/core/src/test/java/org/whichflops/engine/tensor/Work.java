package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Label;

/** Operations executed, by kind. */
public record Work(long multiplies, long adds, long divides, long compares, long specials) {

  /** What all operators of a pass say they execute. */
  public static Work of(ForwardPass pass) {
    return new Work(
        sum(pass, Label.MULTIPLICATION),
        sum(pass, Label.ADDITION),
        sum(pass, Label.DIVISION),
        sum(pass, Label.COMPARISON),
        sum(pass, Label.SPECIAL_FUNCTION));
  }

  private static long sum(ForwardPass pass, Label kind) {
    long sum = 0;
    for (int i = 0; i < pass.size(); i++) {
      sum += pass.call(i).arithmetic(kind);
    }
    return sum;
  }
}
