package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;

import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.Tensor;

/**
 * The convolution of both Inception networks: batch norm after it, then ReLU as a function. Each of
 * the two source files has a class of this name.
 */
final class BasicConv2d extends Module {
  private final Conv conv;
  private final BatchNorm bn;

  BasicConv2d(ModuleType type, Conv conv) {
    super(type);
    this.conv = child("conv", conv.noBias());
    bn = child("bn", batchNorm2d(conv.hyperparameters().outChannels()).eps(1e-3));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = conv.call(x);
    y = bn.call(y);
    return Activations.RELU_INPLACE.of(y);
  }
}
