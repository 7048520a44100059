package org.whichflops.engine.formula;

/** The size of one dimension of a tensor: {@code x[1]}, {@code y[-1]}. */
public record Size(Role of, int dim) implements Expr {
  @Override
  public long value(Quantities call) {
    return call.size(of, dim);
  }

  @Override
  public String text() {
    return of.symbol() + "[" + dim + "]";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Size s && of == s.of && dim == s.dim;
  }

  @Override
  public int hashCode() {
    return 31 * of.hashCode() + dim;
  }
}
