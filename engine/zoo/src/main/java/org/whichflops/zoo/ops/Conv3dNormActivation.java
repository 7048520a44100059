package org.whichflops.zoo.ops;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm3d;

import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;

/**
 * {@code torchvision.ops.misc.Conv3dNormActivation}: a convolution, a normalization and an
 * activation. Its class is not {@code nn.Sequential} but derived from it.
 */
public final class Conv3dNormActivation extends Sequential {
  private static final ModuleType TYPE =
      Conv2dNormActivation.BASE.subclass("torchvision.ops.misc.Conv3dNormActivation");

  /** Torchvision's defaults: the given convolution without bias, batch norm, ReLU. */
  public Conv3dNormActivation(Conv conv) {
    this(conv, batchNorm3d(conv.hyperparameters().outChannels()));
  }

  /** The same with a given batch norm. */
  public Conv3dNormActivation(Conv conv, BatchNorm norm) {
    super(TYPE, conv.noBias(), norm, reluInplace());
  }
}
