package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * U-Net, "Convolutional Networks for Biomedical Image Segmentation" (Ronneberger et al., arXiv
 * 1505.04597, figure 1); follows milesial's Pytorch-UNet, unet/unet_model.py.
 *
 * <p>The paper's convolutions have no padding, so its map shrinks from 572 to 388 and skips are
 * cropped; this code pads them, adds batch norm, and pads what was brought up instead.
 */
public final class UNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("unet.unet_model.UNet");
  private static final String PARTS = "unet.unet_parts.";

  private static final Option<Integer> N_CHANNELS =
      Option.count("n_channels", 3, "channels of the input");
  private static final Option<Integer> N_CLASSES =
      Option.count("n_classes", 2, "outputs at each position");
  private static final Option<Boolean> BILINEAR =
      Option.flag("bilinear", false, "interpolation instead of transposed convolutions");

  /** Figure 1 of the paper: channels at each of five resolutions. */
  private static final int[] WIDTHS = {64, 128, 256, 512, 1024};

  /** The one network, in its two forms. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "unet",
                  "U-Net",
                  "Ronneberger et al. 2015, arXiv 1505.04597; milesial/Pytorch-UNet",
                  InputSize.image(572))
              .input(
                  settings -> InputSize.of(Shape.of(1, settings.get(N_CHANNELS), 572, 572), true))
              .options(BILINEAR, N_CHANNELS, N_CLASSES)
              .remark("padded convolutions with batch norm, unlike the paper")
              .builtBy(
                  settings ->
                      new UNet(
                          settings.get(N_CHANNELS),
                          settings.get(N_CLASSES),
                          settings.get(BILINEAR))));

  private final DoubleConv inc;
  private final Down[] downs = new Down[4];
  private final Up[] ups = new Up[4];
  private final OutConv outc;

  private UNet(int channels, int classes, boolean bilinear) {
    super(TYPE);
    inc = child("inc", new DoubleConv(channels, WIDTHS[0], WIDTHS[0]));
    int factor = bilinear ? 2 : 1;
    for (int i = 0; i < downs.length; i++) {
      int out = i == downs.length - 1 ? WIDTHS[i + 1] / factor : WIDTHS[i + 1];
      downs[i] = child("down" + (i + 1), new Down(WIDTHS[i], out));
    }
    for (int i = 0; i < ups.length; i++) {
      int level = ups.length - 1 - i;
      int out = level == 0 ? WIDTHS[0] : WIDTHS[level] / factor;
      ups[i] = child("up" + (i + 1), new Up(WIDTHS[level + 1], out, bilinear));
    }
    outc = child("outc", new OutConv(WIDTHS[0], classes));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] levels = new Tensor[downs.length + 1];
    levels[0] = inc.call(x);
    for (int i = 0; i < downs.length; i++) {
      levels[i + 1] = downs[i].call(levels[i]);
    }
    Tensor y = levels[downs.length];
    for (int i = 0; i < ups.length; i++) {
      y = ups[i].call(y, levels[downs.length - 1 - i])[0];
    }
    return outc.call(y);
  }

  /** Two 3x3 convolutions. */
  private static final class DoubleConv extends Module {
    private final Sequential doubleConv;

    DoubleConv(int in, int middle, int out) {
      super(ModuleType.of(PARTS + "DoubleConv"));
      doubleConv =
          child(
              "double_conv",
              new Sequential(
                  conv2d(in, middle, 3).padding(1).noBias(),
                  batchNorm2d(middle),
                  reluInplace(),
                  conv2d(middle, out, 3).padding(1).noBias(),
                  batchNorm2d(out),
                  reluInplace()));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return doubleConv.call(x);
    }
  }

  /** To half the resolution. */
  private static final class Down extends Module {
    private final Sequential maxpoolConv;

    Down(int in, int out) {
      super(ModuleType.of(PARTS + "Down"));
      maxpoolConv =
          child("maxpool_conv", new Sequential(maxPool2d(2), new DoubleConv(in, out, out)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return maxpoolConv.call(x);
    }
  }

  /** To double the resolution, beside the map that was there on the way down. */
  private static final class Up extends Module {
    private static final InterpolationArguments DOUBLE =
        InterpolationArguments.by(Interpolation.BILINEAR, 2);

    private final Module up;
    private final DoubleConv conv;

    Up(int in, int out, boolean bilinear) {
      super(ModuleType.of(PARTS + "Up"));
      up =
          child(
              "up",
              bilinear ? Upsample.upsample(DOUBLE) : convTranspose2d(in, in / 2, 2).stride(2));
      conv = child("conv", new DoubleConv(in, bilinear ? in / 2 : out, out));
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      if (inputs.length != 2) {
        throw new ShapeException(
            "two maps are expected, the lower one and the skipped one, but there are "
                + inputs.length);
      }
      Tensor y = up.call(inputs[0]);
      Tensor skipped = inputs[1];
      long height = skipped.size(2) - y.size(2);
      long width = skipped.size(3) - y.size(3);
      y = F.pad(y, width / 2, width - width / 2, height / 2, height - height / 2);
      return new Tensor[] {conv.call(Torch.cat(1, skipped, y))};
    }
  }

  /** The classes of each position. */
  private static final class OutConv extends Module {
    private final Conv conv;

    OutConv(int in, int out) {
      super(ModuleType.of(PARTS + "OutConv"));
      conv = child("conv", conv2d(in, out, 1));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return conv.call(x);
    }
  }
}
