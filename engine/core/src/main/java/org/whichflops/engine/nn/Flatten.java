package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Flatten} and {@code nn.Unflatten}. */
public final class Flatten extends Module {
  private final int from;
  private final int to;
  private final long[] sizes;

  /** {@code nn.Flatten()}: all but the batch. */
  public Flatten() {
    this(1, -1);
  }

  /** {@code nn.Flatten(from, to)}. */
  public Flatten(int from, int to) {
    this("Flatten", from, to);
  }

  private Flatten(String name, int from, int to, long... sizes) {
    super(ModuleType.nn("flatten", name));
    this.from = from;
    this.to = to;
    this.sizes = sizes;
  }

  /** {@code nn.Unflatten(dim, sizes)}. */
  public static Flatten unflatten(int dim, long... sizes) {
    return new Flatten("Unflatten", dim, dim, sizes);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return sizes.length == 0 ? x.flatten(from, to) : x.unflatten(from, sizes);
  }

  /** The first dimension, or the only one of {@code nn.Unflatten}. */
  public int from() {
    return from;
  }

  /** The last dimension. */
  public int to() {
    return to;
  }

  /** The sizes that {@code nn.Unflatten} makes; none for {@code nn.Flatten}. */
  public long[] sizes() {
    return sizes.clone();
  }
}
