package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.whichflops.engine.shape.Shape;

/** A tensor that a module owns: learnt, or kept as a buffer. It belongs to no forward pass. */
public final class Parameter extends Tensor {
  private final boolean trainable;
  private int owners;

  /** A parameter of the given shape; a frozen one is not {@code trainable}. */
  public Parameter(Shape shape, boolean trainable) {
    this(shape.sizes(), trainable);
  }

  /** A parameter that takes the sizes over: 0 or more, and nobody else's. */
  Parameter(long[] sizes, boolean trainable) {
    super(sizes);
    this.trainable = trainable;
  }

  /**
   * A vector of the given size.
   *
   * @throws org.whichflops.engine.shape.ShapeException where it is negative
   */
  public static Parameter of(boolean trainable, long size) {
    long[] sizes = {size};
    Shape.check(sizes);
    return new Parameter(sizes, trainable);
  }

  /**
   * A parameter of the given sizes.
   *
   * @throws org.whichflops.engine.shape.ShapeException where one is negative
   */
  public static Parameter of(boolean trainable, long... sizes) {
    Shape.check(sizes);
    return new Parameter(Arrays.copyOf(sizes, sizes.length), trainable);
  }

  /** Whether gradients are kept for it, PyTorch's {@code requires_grad}. */
  public boolean trainable() {
    return trainable;
  }

  /** Says that one module more has it. */
  public void addOwner() {
    owners++;
  }

  /** Whether several modules have it, or one under several names. */
  public boolean isShared() {
    return owners > 1;
  }

  /** This parameter as a tensor of the pass that another tensor belongs to. */
  public Tensor on(Tensor inPass) {
    return inPass.pass().like(this).from(this);
  }
}
