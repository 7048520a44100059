package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Pool.maxPool2d;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Ultralytics' {@code SPPF}: the same map after one, two and three poolings, side by side. */
final class YoloPyramidPooling extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.common.SPPF");

  private final YoloConv cv1;
  private final YoloConv cv2;
  private final Pool m;

  YoloPyramidPooling(int in, int out, Activation act) {
    super(TYPE);
    cv1 = child("cv1", new YoloConv(in, in / 2, 1, 1, act));
    cv2 = child("cv2", new YoloConv(in / 2 * 4, out, 1, 1, act));
    m = child("m", maxPool2d(5).stride(1).padding(2));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = cv1.call(x);
    Tensor once = m.call(y);
    Tensor twice = m.call(once);
    return cv2.call(Torch.cat(1, y, once, twice, m.call(twice)));
  }
}
