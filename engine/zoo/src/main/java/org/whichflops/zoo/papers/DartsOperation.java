package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** The operations that DARTS chooses from, cnn/operations.py. */
enum DartsOperation {
  /** Nothing, or a factorized reduction where the resolution is halved. */
  SKIP,
  /** The maximum of 3x3. */
  MAX_POOL_3,
  /** The mean of 3x3. */
  AVG_POOL_3,
  /** Depthwise and 1x1, twice. */
  SEPARABLE_3,
  /** Depthwise with gaps and 1x1, once. */
  DILATED_3;

  private static final String FILE = "operations.";
  private static final ModuleType IDENTITY = ModuleType.of(FILE + "Identity");
  private static final ModuleType SEPARABLE = ModuleType.of(FILE + "SepConv");
  private static final ModuleType DILATED = ModuleType.of(FILE + "DilConv");
  private static final ModuleType RELU_CONV_BN = ModuleType.of(FILE + "ReLUConvBN");

  /** The module for so many channels. */
  Module module(int channels, int stride) {
    return switch (this) {
      case SKIP -> stride == 1 ? new Unchanged() : new FactorizedReduce(channels, channels);
      case MAX_POOL_3 -> maxPool2d(3).stride(stride).padding(1);
      case AVG_POOL_3 -> avgPool2d(3).stride(stride).padding(1);
      case SEPARABLE_3 ->
          new Wrapped(
              SEPARABLE,
              relu(),
              conv2d(channels, channels, 3).stride(stride).padding(1).groups(channels).noBias(),
              conv2d(channels, channels, 1).noBias(),
              batchNorm2d(channels),
              relu(),
              conv2d(channels, channels, 3).padding(1).groups(channels).noBias(),
              conv2d(channels, channels, 1).noBias(),
              batchNorm2d(channels));
      case DILATED_3 ->
          new Wrapped(
              DILATED,
              relu(),
              conv2d(channels, channels, 3)
                  .stride(stride)
                  .padding(2)
                  .dilation(2)
                  .groups(channels)
                  .noBias(),
              conv2d(channels, channels, 1).noBias(),
              batchNorm2d(channels));
    };
  }

  /** ReLU, 1x1 convolution and batch norm: fits the channels of a cell's input. */
  static Module reluConvBn(int in, int out) {
    return new Wrapped(RELU_CONV_BN, relu(), conv2d(in, out, 1).noBias(), batchNorm2d(out));
  }

  /** Fits an input of twice the height and width. */
  static Module factorizedReduce(int in, int out) {
    return new FactorizedReduce(in, out);
  }

  /** A module around a row of others, {@code op}. */
  private static final class Wrapped extends Module {
    private final Sequential op;

    Wrapped(ModuleType type, Module... steps) {
      super(type);
      op = child("op", new Sequential(steps));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return op.call(x);
    }
  }

  private static final class Unchanged extends Module {
    Unchanged() {
      super(IDENTITY);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return x;
    }
  }

  /** Two 1x1 convolutions that read positions next to each other. */
  private static final class FactorizedReduce extends Module {
    private static final Index FROM_SECOND = Index.from(1);

    private final Activation relu;
    private final Conv conv1;
    private final Conv conv2;
    private final BatchNorm bn;

    FactorizedReduce(int in, int out) {
      super(ModuleType.of(FILE + "FactorizedReduce"));
      relu = child("relu", relu());
      conv1 = child("conv_1", conv2d(in, out / 2, 1).stride(2).noBias());
      conv2 = child("conv_2", conv2d(in, out / 2, 1).stride(2).noBias());
      bn = child("bn", batchNorm2d(out));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = relu.call(x);
      Tensor first = conv1.call(y);
      Tensor second = conv2.call(y.get(Index.ALL, Index.ALL, FROM_SECOND, FROM_SECOND));
      return bn.call(Torch.cat(1, first, second));
    }
  }
}
