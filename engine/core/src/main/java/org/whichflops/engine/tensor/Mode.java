package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/**
 * How a forward pass runs, where that changes which functions and operators are called. Networks
 * are always in evaluation mode, as every counting tool puts them.
 *
 * @param grad whether gradients are recorded; without them nn.MultiheadAttention takes its fast
 *     path
 * @param device where it runs
 */
public record Mode(boolean grad, Device device) {
  /** Gradients on, device without data: every product stands on its own. */
  public static final Mode DECOMPOSED = new Mode(true, Device.META);

  /** Gradients on, on the CPU: a plain call of a model. */
  public static final Mode CPU_GRAD = new Mode(true, Device.CPU);

  /** Gradients off, on the CPU: a call under {@code torch.no_grad()}. */
  public static final Mode CPU_NO_GRAD = new Mode(false, Device.CPU);

  // Written out, since a record's own are linked at run time, which a short command feels.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mode mode && grad == mode.grad && device == mode.device;
  }

  @Override
  public int hashCode() {
    return (device == Device.CPU ? 2 : 0) + (grad ? 1 : 0);
  }
}
