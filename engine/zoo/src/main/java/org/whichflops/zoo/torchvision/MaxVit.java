package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.sigmoid;
import static org.whichflops.engine.nn.Activation.silu;
import static org.whichflops.engine.nn.Activation.tanh;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.ops.Conv2dNormActivation;
import org.whichflops.zoo.ops.SqueezeExcitation;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * MaxViT, "Multi-Axis Vision Transformer" (Tu et al., arXiv 2204.01697, table 1); follows
 * torchvision 0.21, models/maxvit.py.
 *
 * <p>The numbers of windows are fixed when a network is built, so it takes images of one size only.
 */
public final class MaxVit extends Module {
  static final String MODULE = "torchvision.models.maxvit.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "MaxVit");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "MaxVitBlock");
  private static final ModuleType LAYER = ModuleType.of(MODULE + "MaxVitLayer");
  private static final ModuleType MBCONV = ModuleType.of(MODULE + "MBConv");

  private static final Option<Integer> INPUT_SIZE =
      Option.count("input_size", 224, "side of the images, such that 7x7 windows fit: 224, 448...");

  private static final int STEM = 64;
  private static final int[] CHANNELS = {64, 128, 256, 512};
  private static final int[] LAYERS = {2, 2, 5, 2};

  /** The paper's smallest network. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "maxvit_t",
                  "MaxViT",
                  "Tu et al. 2022, arXiv 2204.01697, table 1; torchvision 0.21",
                  InputSize.image(224))
              .input(settings -> InputSize.image(settings.get(INPUT_SIZE)))
              .options(INPUT_SIZE, NUM_CLASSES)
              .remark("takes images of its input_size only")
              .builtBy(
                  settings -> new MaxVit(settings.get(INPUT_SIZE), settings.get(NUM_CLASSES))));

  private final Sequential stem;
  private final ModuleList blocks;
  private final Sequential classifier;

  private MaxVit(int side, int numClasses) {
    super(TYPE);
    stem =
        child(
            "stem",
            new Sequential(
                Conv2dNormActivation.of(3, STEM, 3, 2, 1, MaxVit::norm, Activation::gelu),
                new Conv2dNormActivation(conv2d(STEM, STEM, 3).padding(1), null, null)));
    List<Module> stages = new ArrayList<>();
    Depths depths = new Depths(LAYERS);
    int in = STEM;
    int grid = halved(side);
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      grid = halved(grid);
      if (grid % PartitionAttention.PARTITION != 0) {
        throw new IllegalArgumentException(
            "windows of %d divide every stage's feature map, but input_size=%d makes stage %d %dx%d"
                .formatted(PartitionAttention.PARTITION, side, stage, grid, grid));
      }
      stages.add(new Block(in, CHANNELS[stage], LAYERS[stage], grid, depths));
      in = CHANNELS[stage];
    }
    blocks = child("blocks", new ModuleList(stages));
    classifier =
        child(
            "classifier",
            new Sequential(
                adaptiveAvgPool2d(1),
                new Flatten(),
                new LayerNorm(in),
                new Linear(in, in),
                tanh(),
                new Linear(in, numClasses).noBias()));
  }

  private static BatchNorm norm(int channels) {
    return BatchNorm.batchNorm2d(channels).eps(1e-3).momentum(0.01);
  }

  /** The side of a map after a 3x3 of stride 2 with padding 1. */
  private static int halved(int side) {
    return (side - 1) / 2 + 1;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = stem.call(x);
    for (Module block : blocks.modules()) {
      y = block.call(y);
    }
    return classifier.call(y);
  }

  /** The layers' stochastic depth: numpy's linspace from 0 to 0.2. */
  private static final class Depths {
    private static final double LAST = 0.2;

    private int layers;
    private int made;

    Depths(int... layersOfStages) {
      for (int ofStage : layersOfStages) {
        layers += ofStage;
      }
    }

    double next() {
      int i = made++;
      return i == layers - 1 ? LAST : i * (LAST / (layers - 1));
    }
  }

  /** One stage: layers, the first of which halves the resolution. */
  private static final class Block extends Module {
    private final ModuleList layers;

    Block(int in, int out, int count, int grid, Depths depths) {
      super(BLOCK);
      List<Module> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(new Layer(i == 0 ? in : out, out, i == 0 ? 2 : 1, grid, depths.next()));
      }
      layers = child("layers", new ModuleList(all));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x;
      for (Module layer : layers.modules()) {
        y = layer.call(y);
      }
      return y;
    }
  }

  /** Figure 2 of the paper: convolution, attention in windows, attention over a grid. */
  private static final class Layer extends Module {
    private final Sequential layers;

    Layer(int in, int out, int stride, int grid, double depth) {
      super(LAYER);
      layers =
          child(
              "layers",
              new Sequential()
                  .add("MBconv", new MbConv(in, out, stride, depth))
                  .add("window_attention", PartitionAttention.inWindows(out, grid, depth))
                  .add("grid_attention", PartitionAttention.overGrid(out, grid, depth)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return layers.call(x);
    }
  }

  /** Expands by a 1x1, filters depthwise, squeezes and excites, and projects. */
  private static final class MbConv extends Module {
    private final Module proj;
    private final Module stochasticDepth;
    private final Sequential layers;

    /** Without stochastic depth where its probability is 0, in the network's very first. */
    MbConv(int in, int out, int stride, double depth) {
      super(MBCONV);
      int mid = 4 * out;
      proj = child("proj", shortcut(in, out, stride));
      stochasticDepth =
          child("stochastic_depth", depth == 0 ? new Identity() : new StochasticDepth(depth));
      layers =
          child(
              "layers",
              new Sequential()
                  .add("pre_norm", norm(in))
                  .add("conv_a", convolution(in, mid, 1, 1, 1))
                  .add("conv_b", convolution(mid, mid, 3, stride, mid))
                  .add("squeeze_excitation", new SqueezeExcitation(mid, out / 4, silu(), sigmoid()))
                  .add("conv_c", conv2d(mid, out, 1)));
    }

    private static Conv2dNormActivation convolution(
        int in, int out, int kernel, int stride, int groups) {
      return Conv2dNormActivation.of(
          in, out, kernel, stride, groups, MaxVit::norm, Activation::gelu);
    }

    private static Module shortcut(int in, int out, int stride) {
      if (stride == 2) {
        return new Sequential(avgPool2d(3).stride(2).padding(1), conv2d(in, out, 1));
      }
      return in == out ? new Identity() : new Sequential(conv2d(in, out, 1));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor shortcut = proj.call(x);
      Tensor y = stochasticDepth.call(layers.call(x));
      return shortcut.plus(y);
    }
  }
}
