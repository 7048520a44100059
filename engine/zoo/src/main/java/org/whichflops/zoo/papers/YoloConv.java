package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * Ultralytics' {@code Conv}: convolution, batch norm and an activation that all layers of a network
 * share, as one module of one name.
 */
final class YoloConv extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.common.Conv");

  private final Conv conv;
  private final BatchNorm bn;
  private final Activation act;

  /** Padded by half the kernel. */
  YoloConv(int in, int out, int kernel, int stride, Activation act) {
    this(in, out, kernel, stride, kernel / 2, act);
  }

  YoloConv(int in, int out, int kernel, int stride, int padding, Activation act) {
    super(TYPE);
    conv = child("conv", conv2d(in, out, kernel).stride(stride).padding(padding).noBias());
    bn = child("bn", batchNorm2d(out));
    this.act = child("act", act);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return act.call(bn.call(conv.call(x)));
  }
}
