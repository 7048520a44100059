package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;

/** The two residual blocks of HRNet, which keep the resolution. */
final class HighResolutionBlock extends Module {
  private static final ModuleType BASIC = ModuleType.of("models.cls_hrnet.BasicBlock");
  private static final ModuleType BOTTLENECK = ModuleType.of("models.cls_hrnet.Bottleneck");

  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final @Nullable Conv conv3;
  private final @Nullable BatchNorm bn3;
  private final Activation relu;
  private final @Nullable Sequential downsample;

  /** Two 3x3 convolutions. */
  private HighResolutionBlock(int channels) {
    super(BASIC);
    conv1 = child("conv1", conv2d(channels, channels, 3).padding(1).noBias());
    bn1 = child("bn1", batchNorm2d(channels));
    relu = child("relu", reluInplace());
    conv2 = child("conv2", conv2d(channels, channels, 3).padding(1).noBias());
    bn2 = child("bn2", batchNorm2d(channels));
    conv3 = null;
    bn3 = null;
    downsample = null;
  }

  /** A 1x1, a 3x3 and a 1x1 convolution. */
  private HighResolutionBlock(int in, int planes) {
    super(BOTTLENECK);
    int out = 4 * planes;
    conv1 = child("conv1", conv2d(in, planes, 1).noBias());
    bn1 = child("bn1", batchNorm2d(planes));
    conv2 = child("conv2", conv2d(planes, planes, 3).padding(1).noBias());
    bn2 = child("bn2", batchNorm2d(planes));
    conv3 = child("conv3", conv2d(planes, out, 1).noBias());
    bn3 = child("bn3", batchNorm2d(out));
    relu = child("relu", reluInplace());
    downsample =
        in == out
            ? null
            : child("downsample", new Sequential(conv2d(in, out, 1).noBias(), batchNorm2d(out)));
  }

  /** Basic blocks in a row. */
  static Sequential basic(int channels, int blocks) {
    Sequential row = new Sequential();
    for (int i = 0; i < blocks; i++) {
      row.add(new HighResolutionBlock(channels));
    }
    return row;
  }

  /** Bottlenecks in a row, with four times as many channels after them as planes. */
  static Sequential bottlenecks(int in, int planes, int blocks) {
    Sequential row = new Sequential();
    for (int i = 0; i < blocks; i++) {
      row.add(new HighResolutionBlock(i == 0 ? in : 4 * planes, planes));
    }
    return row;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = relu.call(bn1.call(conv1.call(x)));
    y = bn2.call(conv2.call(y));
    if (conv3 != null && bn3 != null) {
      y = bn3.call(conv3.call(relu.call(y)));
    }
    Tensor residual = downsample == null ? x : downsample.call(x);
    return relu.call(y.plusAssign(residual));
  }
}
