package org.whichflops.zoo.ops;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.ops.misc.SqueezeExcitation}, "Squeeze-and-Excitation Networks" (Hu et al.,
 * arXiv 1709.01507, figure 1): scales every channel by a number made of the means of all channels.
 *
 * <p>Its two fully connected layers are 1x1 convolutions over one position.
 */
public final class SqueezeExcitation extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.ops.misc.SqueezeExcitation");

  private final AdaptivePool avgpool;
  private final Conv fc1;
  private final Conv fc2;
  private final Activation activation;
  private final Activation scaleActivation;

  /**
   * A block over some channels.
   *
   * @param channels channels in and out
   * @param squeezed channels between the two layers
   * @param activation after the first layer
   * @param scaleActivation after the second, {@code nn.Sigmoid} in the paper
   */
  public SqueezeExcitation(
      int channels, int squeezed, Activation activation, Activation scaleActivation) {
    super(TYPE);
    avgpool = child("avgpool", adaptiveAvgPool2d(1));
    fc1 = child("fc1", conv2d(channels, squeezed, 1));
    fc2 = child("fc2", conv2d(squeezed, channels, 1));
    this.activation = child("activation", activation);
    this.scaleActivation = child("scale_activation", scaleActivation);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor scale = avgpool.call(x);
    scale = activation.call(fc1.call(scale));
    scale = scaleActivation.call(fc2.call(scale));
    return scale.times(x);
  }
}
