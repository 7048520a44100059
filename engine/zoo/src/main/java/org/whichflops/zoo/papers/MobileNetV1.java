package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * MobileNet, "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications"
 * (Howard et al., arXiv 1704.04861, table 1); follows the form that most PyTorch ports share
 * (jmjeon94/MobileNet-Pytorch, MobileNetV1.py).
 *
 * <p>The paper's width multiplier alpha is {@code width_mult}; widths are cut to whole channels, 8
 * at the least, as in TF-slim. The resolution multiplier rho is the input's resolution. Table 1
 * prints stride 2 for the last depthwise convolution, but computes at 7x7, which is stride 1.
 */
public final class MobileNetV1 extends Module {
  private static final ModuleType TYPE = ModuleType.of("MobileNetV1.MobileNetV1");

  private static final Option<Double> WIDTH_MULT =
      Option.factor("width_mult", 1.0, "factor on the number of channels of every layer");

  private static final int STEM = 32;

  /** Table 1 of the paper: output channels and stride of each depthwise separable convolution. */
  private static final int[][] BLOCKS = {
    {64, 1},
    {128, 2},
    {128, 1},
    {256, 2},
    {256, 1},
    {512, 2},
    {512, 1},
    {512, 1},
    {512, 1},
    {512, 1},
    {512, 1},
    {1024, 2},
    {1024, 1},
  };

  /** The one network, at any width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "mobilenet_v1",
                  "MobileNetV1",
                  "Howard et al. 2017, arXiv 1704.04861, table 1; jmjeon94/MobileNet-Pytorch",
                  InputSize.image(224))
              .options(WIDTH_MULT, NUM_CLASSES)
              .builtBy(
                  settings ->
                      new MobileNetV1(settings.get(WIDTH_MULT), settings.get(NUM_CLASSES))));

  private final Sequential model;
  private final Linear fc;
  private final int features;

  private MobileNetV1(double width, int numClasses) {
    super(TYPE);
    int in = Widths.scaled(STEM, width, 8);
    model = child("model", new Sequential());
    model.add(
        new Sequential(
            conv2d(3, in, 3).stride(2).padding(1).noBias(), batchNorm2d(in), reluInplace()));
    for (int[] block : BLOCKS) {
      int out = Widths.scaled(block[0], width, 8);
      model.add(depthwiseSeparable(in, out, block[1]));
      in = out;
    }
    model.add(adaptiveAvgPool2d(1));
    features = in;
    fc = child("fc", new Linear(in, numClasses));
  }

  /** Figure 3 of the paper, right. */
  private static Sequential depthwiseSeparable(int in, int out, int stride) {
    return new Sequential(
        conv2d(in, in, 3).stride(stride).padding(1).groups(in).noBias(),
        batchNorm2d(in),
        reluInplace(),
        conv2d(in, out, 1).noBias(),
        batchNorm2d(out),
        reluInplace());
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = model.call(x);
    y = y.view(-1, features);
    return fc.call(y);
  }
}
