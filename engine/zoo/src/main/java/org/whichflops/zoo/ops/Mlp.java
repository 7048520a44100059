package org.whichflops.zoo.ops;

import static org.whichflops.engine.nn.Activation.gelu;
import static org.whichflops.engine.nn.Dropout.dropout;

import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;

/**
 * {@code torchvision.ops.misc.MLP} as transformers use it: two linear layers with a GELU between
 * them and a dropout after each. Its class is derived from {@code nn.Sequential}.
 */
public final class Mlp extends Sequential {
  /** The Python class. */
  public static final ModuleType TYPE = Sequential.TYPE.subclass("torchvision.ops.misc.MLP");

  /** Two linear layers with so many features before, between and after them. */
  public Mlp(int in, int hidden, int out) {
    this(TYPE, in, hidden, out);
  }

  /** The same as an instance of a derived class. */
  public Mlp(ModuleType type, int in, int hidden, int out) {
    super(
        type,
        new Linear(in, hidden),
        gelu(),
        dropout().p(0),
        new Linear(hidden, out),
        dropout().p(0));
  }
}
