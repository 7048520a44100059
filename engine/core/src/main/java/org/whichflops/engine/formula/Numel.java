package org.whichflops.engine.formula;

/** The number of elements of a tensor: {@code numel(x)}. */
public record Numel(Role of) implements Expr {
  @Override
  public long value(Quantities call) {
    return call.numel(of);
  }

  @Override
  public String text() {
    return "numel(" + of.symbol() + ")";
  }

  // Written out, here and in the other leaves: what a record makes of itself is linked at run time,
  // which costs a short command more than all its counting.
  @Override
  public boolean equals(Object other) {
    return other instanceof Numel n && of == n.of;
  }

  @Override
  public int hashCode() {
    return of.hashCode();
  }
}
