package org.whichflops.engine.nn;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Sequential} and classes derived from it: calls its children one after the other. */
public class Sequential extends Module {
  /** The class {@code nn.Sequential}. */
  public static final ModuleType TYPE = ModuleType.nn("container", "Sequential");

  private final List<Module> steps = new ArrayList<>();

  /** Children named 0, 1, 2 and so on. */
  public Sequential(Module... steps) {
    this(TYPE, steps);
  }

  /** The same as an instance of a derived class. */
  public Sequential(ModuleType type, Module... steps) {
    super(type);
    for (Module step : steps) {
      add(step);
    }
  }

  /** Children named 0, 1, 2 and so on. */
  public Sequential(List<? extends Module> steps) {
    this(steps.toArray(Module[]::new));
  }

  /** Adds a child under the next number. */
  public final Sequential add(Module step) {
    return add(Numbered.name(steps.size()), step);
  }

  /** Adds a child under a name. */
  public final Sequential add(String name, Module step) {
    steps.add(child(name, step));
    return this;
  }

  /** The number of children. */
  public final int size() {
    return steps.size();
  }

  /** One child. */
  public final Module get(int i) {
    return steps.get(i);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = x;
    for (int i = 0; i < steps.size(); i++) {
      y = steps.get(i).call(y);
    }
    return y;
  }
}
