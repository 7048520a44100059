package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Padding;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.ZeroPad2d}, {@code nn.ReflectionPad2d} and the other padding modules. */
public final class Pad extends Module {
  private final Padding mode;
  private final long[] pads;

  /**
   * A padding module.
   *
   * @param name the class, such as {@code ZeroPad2d}
   * @param pads two sizes a dimension, the last dimension first
   */
  public Pad(String name, long... pads) {
    super(ModuleType.nn("padding", name));
    this.mode = mode(name);
    this.pads = pads.clone();
  }

  private static Padding mode(String name) {
    return switch (name.substring(0, name.indexOf("Pad"))) {
      case "Reflection" -> Padding.REFLECT;
      case "Replication" -> Padding.REPLICATE;
      case "Circular" -> Padding.CIRCULAR;
      default -> Padding.CONSTANT;
    };
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.pad(mode, x, pads);
  }

  /** Two sizes a dimension, the last dimension first. */
  public long[] pads() {
    return pads.clone();
  }
}
