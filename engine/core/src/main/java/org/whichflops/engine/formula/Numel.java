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

  @Override
  public boolean equals(Object other) {
    return other instanceof Numel n && of == n.of;
  }

  @Override
  public int hashCode() {
    return of.hashCode();
  }
}
