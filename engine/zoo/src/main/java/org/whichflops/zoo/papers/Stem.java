package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.tensor.Tensor;

/** The first layers of pytorchcv's networks: a convolution and a max-pooling that each halve. */
final class Stem extends Module {
  private final Conv conv;
  private final BatchNorm bn;
  private final Activation activ;
  private final Pool pool;

  /** With a square kernel of odd size. */
  Stem(ModuleType type, int out, int kernel) {
    super(type);
    conv = child("conv", conv2d(3, out, kernel).stride(2).padding(kernel / 2).noBias());
    bn = child("bn", batchNorm2d(out));
    activ = child("activ", reluInplace());
    pool = child("pool", maxPool2d(3).stride(2).padding(1));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = conv.call(x);
    y = bn.call(y);
    y = activ.call(y);
    return pool.call(y);
  }
}
