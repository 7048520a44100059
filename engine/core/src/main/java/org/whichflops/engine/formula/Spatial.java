package org.whichflops.engine.formula;

/** The product of a tensor's dimensions from the third on: {@code spatial(y)}. */
public record Spatial(Role of) implements Expr {
  @Override
  public long value(Quantities call) {
    return call.spatial(of);
  }

  @Override
  public String text() {
    return "spatial(" + of.symbol() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spatial s && of == s.of;
  }

  @Override
  public int hashCode() {
    return of.hashCode();
  }
}
