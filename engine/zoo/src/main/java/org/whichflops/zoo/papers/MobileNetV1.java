package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.architecture.Settings;

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

  private static final Option<Boolean> CLASSIFIER =
      Option.flag("classifier", true, "have the linear layer; without it, features alone");
  private static final Option<Boolean> SEPARABLE =
      Option.flag(
          "separable", true, "separate depthwise and pointwise convolutions; not in table 4");
  private static final Option<Boolean> SHALLOW =
      Option.flag("shallow", false, "leave out the five alike blocks of 14x14x512, as in table 5");

  private static final int STEM = 32;

  /** The blocks of table 1 that table 5 leaves out. */
  private static final int FIRST_ALIKE = 6;

  private static final int ALIKE = 5;

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
              .options(WIDTH_MULT, CLASSIFIER, SEPARABLE, SHALLOW, NUM_CLASSES)
              .builtBy(MobileNetV1::new));

  private final Sequential model;
  private final @Nullable Linear fc;
  private final int features;

  private MobileNetV1(Settings settings) {
    super(TYPE);
    double width = settings.get(WIDTH_MULT);
    boolean separable = settings.get(SEPARABLE);
    int in = Widths.scaled(STEM, width, 8);
    model = child("model", new Sequential());
    model.add(
        new Sequential(
            conv2d(3, in, 3).stride(2).padding(1).noBias(), batchNorm2d(in), reluInplace()));
    for (int i = 0; i < BLOCKS.length; i++) {
      if (settings.get(SHALLOW) && i >= FIRST_ALIKE && i < FIRST_ALIKE + ALIKE) {
        continue;
      }
      int out = Widths.scaled(BLOCKS[i][0], width, 8);
      int stride = BLOCKS[i][1];
      model.add(separable ? depthwiseSeparable(in, out, stride) : full(in, out, stride));
      in = out;
    }
    model.add(adaptiveAvgPool2d(1));
    features = in;
    fc = settings.get(CLASSIFIER) ? child("fc", new Linear(in, settings.get(NUM_CLASSES))) : null;
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

  /** Figure 3 of the paper, left. */
  private static Sequential full(int in, int out, int stride) {
    return new Sequential(
        conv2d(in, out, 3).stride(stride).padding(1).noBias(), batchNorm2d(out), reluInplace());
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = model.call(x);
    y = y.view(-1, features);
    return fc == null ? y : fc.call(y);
  }
}
