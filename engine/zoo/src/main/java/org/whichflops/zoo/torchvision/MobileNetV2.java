package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;
import static org.whichflops.zoo.ops.Conv2dNormActivation.relu6;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * MobileNetV2, "Inverted Residuals and Linear Bottlenecks" (Sandler et al., arXiv 1801.04381, table
 * 2); follows torchvision 0.21, models/mobilenetv2.py.
 */
public final class MobileNetV2 extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.models.mobilenetv2.MobileNetV2");
  private static final ModuleType INVERTED_RESIDUAL =
      ModuleType.of("torchvision.models.mobilenetv2.InvertedResidual");

  private static final Option<Double> WIDTH_MULT =
      Option.factor("width_mult", 1.0, "factor on the number of channels of every layer");

  /** Table 2 of the paper: expansion t, channels c, repetitions n, stride s. */
  private static final int[][] BLOCKS = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1},
  };

  private static final AdaptivePoolingArguments TO_ONE =
      new AdaptivePoolingArguments(2, Extents.of(1));

  /** The one network, at any width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "mobilenet_v2",
                  "MobileNetV2",
                  "Sandler et al. 2018, arXiv 1801.04381, table 2; torchvision 0.21",
                  InputSize.image(224))
              .options(WIDTH_MULT, NUM_CLASSES)
              .builtBy(
                  settings ->
                      new MobileNetV2(settings.get(WIDTH_MULT), settings.get(NUM_CLASSES))));

  private final Sequential features;
  private final Sequential classifier;

  MobileNetV2(double width, int numClasses) {
    super(TYPE);
    int in = Channels.divisibleBy8(32 * width);
    int last = Channels.divisibleBy8(1280 * Math.max(1.0, width));
    Sequential layers = new Sequential(relu6(3, in, 3, 2, 1));
    for (int[] block : BLOCKS) {
      int out = Channels.divisibleBy8(block[1] * width);
      for (int i = 0; i < block[2]; i++) {
        layers.add(new InvertedResidual(in, out, i == 0 ? block[3] : 1, block[0]));
        in = out;
      }
    }
    layers.add(relu6(in, last, 1, 1, 1));
    features = child("features", layers);
    classifier =
        child("classifier", new Sequential(dropout().p(0.2), new Linear(last, numClasses)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = F.adaptiveAvgPool(y, TO_ONE);
    y = Torch.flatten(y, 1);
    return classifier.call(y);
  }

  /** Expands by a 1x1, filters depthwise, and projects linearly. */
  private static final class InvertedResidual extends Module {
    private final Sequential conv;
    private final boolean residual;

    InvertedResidual(int in, int out, int stride, int expansion) {
      super(INVERTED_RESIDUAL);
      int hidden = in * expansion;
      Sequential layers = new Sequential();
      if (expansion != 1) {
        layers.add(relu6(in, hidden, 1, 1, 1));
      }
      layers.add(relu6(hidden, hidden, 3, stride, hidden));
      layers.add(conv2d(hidden, out, 1).noBias());
      layers.add(batchNorm2d(out));
      conv = child("conv", layers);
      residual = stride == 1 && in == out;
    }

    @Override
    protected Tensor forward(Tensor x) {
      return residual ? x.plus(conv.call(x)) : conv.call(x);
    }
  }
}
