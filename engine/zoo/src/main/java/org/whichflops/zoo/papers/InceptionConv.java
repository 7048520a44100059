package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * The convolution of Inception-v4 and Inception-ResNet-v2: batch norm after it, then ReLU. Each of
 * the two source files has a class of this name; one works in place.
 */
final class InceptionConv extends Module {
  private static final ModuleType V4 =
      ModuleType.of("pretrainedmodels.models.inceptionv4.BasicConv2d");
  private static final ModuleType RESNET_V2 =
      ModuleType.of("pretrainedmodels.models.inceptionresnetv2.BasicConv2d");

  private final Conv conv;
  private final BatchNorm bn;
  private final Activation relu;

  private InceptionConv(ModuleType type, Conv conv, Activation relu) {
    super(type);
    this.conv = child("conv", conv.noBias());
    bn = child("bn", batchNorm2d(conv.hyperparameters().outChannels()));
    this.relu = child("relu", relu);
  }

  /** As Inception-v4 has it. */
  static InceptionConv v4(Conv conv) {
    return new InceptionConv(V4, conv, reluInplace());
  }

  /** As Inception-ResNet-v2 has it. */
  static InceptionConv resNetV2(Conv conv) {
    return new InceptionConv(RESNET_V2, conv, relu());
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = conv.call(x);
    y = bn.call(y);
    return relu.call(y);
  }
}
