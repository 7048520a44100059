package org.whichflops.zoo.papers;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * Ultralytics' {@code Bottleneck}, darknet's residual block: a 1x1 or 3x3 and a 3x3 convolution.
 */
final class YoloBottleneck extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.common.Bottleneck");

  private final YoloConv cv1;
  private final YoloConv cv2;
  private final boolean add;

  YoloBottleneck(int in, int hidden, int out, boolean shortcut, Activation act) {
    this(in, hidden, out, 1, shortcut, act);
  }

  private YoloBottleneck(
      int in, int hidden, int out, int kernel, boolean shortcut, Activation act) {
    super(TYPE);
    cv1 = child("cv1", new YoloConv(in, hidden, kernel, 1, act));
    cv2 = child("cv2", new YoloConv(hidden, out, 3, 1, act));
    add = shortcut && in == out;
  }

  /** Two 3x3 convolutions of one width, as in YOLOv8. */
  static YoloBottleneck of3x3(int channels, boolean shortcut, Activation act) {
    return new YoloBottleneck(channels, channels, channels, 3, shortcut, act);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = cv2.call(cv1.call(x));
    return add ? x.plus(y) : y;
  }
}
