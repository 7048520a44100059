package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Dropout} and its relatives, which do nothing in evaluation but are called. */
public final class Dropout extends Module {
  private final String function;
  private final boolean inplace;
  private final double probability;

  private Dropout(String name, String function) {
    this(ModuleType.nn("dropout", name), function, false, 0.5);
  }

  private Dropout(ModuleType type, String function, boolean inplace, double probability) {
    super(type);
    this.function = function;
    this.inplace = inplace;
    this.probability = probability;
  }

  /** {@code nn.Dropout()}. */
  public static Dropout dropout() {
    return new Dropout("Dropout", "F.dropout");
  }

  /** {@code nn.Dropout(inplace=True)}. */
  public static Dropout dropoutInplace() {
    return dropout().inplace();
  }

  /** The same with {@code inplace=True}. */
  public Dropout inplace() {
    return new Dropout(type(), function, true, probability);
  }

  /** The same with another {@code p}, the share set to zero in training; 0.5 unless said. */
  public Dropout p(double probability) {
    return new Dropout(type(), function, inplace, probability);
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
  public String extraRepr() {
    return "p=" + PythonFloat.repr(probability) + ", inplace=" + (inplace ? "True" : "False");
  }

  @Override
  protected Tensor forward(Tensor x) {
    return inplace ? F.dropoutInplace(x) : F.dropout(function, x);
  }

  /** Whether it writes into its input. */
  public boolean isInplace() {
    return inplace;
  }
}
