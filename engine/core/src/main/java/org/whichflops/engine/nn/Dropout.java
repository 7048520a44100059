package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Dropout} and its relatives, which do nothing in evaluation but are called. */
public final class Dropout extends Module {
  private final String function;
  private final boolean inplace;

  private Dropout(String name, String function) {
    this(name, function, false);
  }

  private Dropout(String name, String function, boolean inplace) {
    super(ModuleType.nn("dropout", name));
    this.function = function;
    this.inplace = inplace;
  }

  /** {@code nn.Dropout()}. */
  public static Dropout dropout() {
    return new Dropout("Dropout", "F.dropout");
  }

  /** {@code nn.Dropout(inplace=True)}. */
  public static Dropout dropoutInplace() {
    return new Dropout("Dropout", "F.dropout", true);
  }

  /** {@code nn.Dropout1d()} to {@code 3d}. */
  public static Dropout dropout(int dims) {
    return new Dropout("Dropout" + dims + "d", "F.dropout" + dims + "d");
  }

  /** {@code nn.AlphaDropout()}. */
  public static Dropout alphaDropout() {
    return new Dropout("AlphaDropout", "F.alpha_dropout");
  }

  @Override
  protected Tensor forward(Tensor x) {
    return inplace ? F.dropoutInplace(x) : F.dropout(function, x);
  }

  /** Whether it writes into its input. */
  public boolean inplace() {
    return inplace;
  }
}
