package org.whichflops.zoo.papers;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/** timm's {@code Mlp}: two linear layers with a GELU between them. */
final class TimmMlp extends Module {
  private static final ModuleType TYPE = ModuleType.of("timm.layers.mlp.Mlp");

  private final Linear fc1;
  private final Activation act;
  private final Dropout drop1;
  private final Identity norm;
  private final Linear fc2;
  private final Dropout drop2;

  TimmMlp(int width, int hidden) {
    super(TYPE);
    fc1 = child("fc1", new Linear(width, hidden));
    act = child("act", Activation.gelu());
    drop1 = child("drop1", Dropout.dropout());
    norm = child("norm", new Identity());
    fc2 = child("fc2", new Linear(hidden, width));
    drop2 = child("drop2", Dropout.dropout());
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = fc1.call(x);
    y = act.call(y);
    y = drop1.call(y);
    y = norm.call(y);
    y = fc2.call(y);
    return drop2.call(y);
  }
}
