package org.whichflops.zoo.ops;

import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;

import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;

/**
 * {@code torchvision.ops.misc.Conv2dNormActivation}: a convolution, a normalization and an
 * activation. Its class is not {@code nn.Sequential} but derived from it.
 */
public final class Conv2dNormActivation extends Sequential {
  /** The class that it and its like in three dimensions are derived from. */
  static final ModuleType BASE =
      Sequential.TYPE.subclass("torchvision.ops.misc.ConvNormActivation");

  /** The Python class. */
  public static final ModuleType TYPE = BASE.subclass("torchvision.ops.misc.Conv2dNormActivation");

  /**
   * The given parts in a row.
   *
   * @param conv the convolution
   * @param norm null for none
   * @param activation null for none
   */
  public Conv2dNormActivation(Conv conv, @Nullable Module norm, @Nullable Module activation) {
    this(TYPE, conv, norm, activation);
  }

  /** The same as an instance of a derived class. */
  public Conv2dNormActivation(
      ModuleType type, Conv conv, @Nullable Module norm, @Nullable Module activation) {
    super(type, conv);
    if (norm != null) {
      add(norm);
    }
    if (activation != null) {
      add(activation);
    }
  }

  /** The given convolution without bias, batch norm, and the activation, null for none. */
  public static Conv2dNormActivation batchNormed(Conv conv, @Nullable Activation activation) {
    return new Conv2dNormActivation(
        conv.noBias(), batchNorm2d(conv.hyperparameters().outChannels()), activation);
  }

  /**
   * Torchvision's defaults: no convolution bias, batch norm, "same" padding for odd kernels.
   *
   * @param activation makes the activation, null for none
   */
  public static Conv2dNormActivation of(
      int in,
      int out,
      int kernel,
      int stride,
      int groups,
      IntFunction<Module> norm,
      @Nullable Supplier<Activation> activation) {
    return new Conv2dNormActivation(
        Conv.conv2d(in, out, kernel)
            .stride(stride)
            .padding((kernel - 1) / 2)
            .groups(groups)
            .noBias(),
        norm.apply(out),
        activation == null ? null : activation.get());
  }

  /** The same with batch norm and ReLU6, as MobileNetV2 uses it. */
  public static Conv2dNormActivation relu6(int in, int out, int kernel, int stride, int groups) {
    return of(in, out, kernel, stride, groups, BatchNorm::batchNorm2d, Activation::relu6Inplace);
  }
}
