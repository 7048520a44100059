package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.gelu;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.ops.Conv2dNormActivation;
import org.whichflops.zoo.ops.LayerNorm2d;
import org.whichflops.zoo.ops.Permute;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * ConvNeXt, "A ConvNet for the 2020s" (Liu et al., arXiv 2201.03545, section 3 and table 9);
 * follows torchvision 0.21, models/convnext.py.
 */
public final class ConvNeXt extends Module {
  private static final String MODULE = "torchvision.models.convnext.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "ConvNeXt");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "CNBlock");

  /**
   * Section 3 of the paper: stochastic depth, channels C and blocks B of the four stages. XL is not
   * in torchvision.
   */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          convNeXt("convnext_tiny", 0.1, new int[] {96, 192, 384, 768}, 3, 3, 9, 3),
          convNeXt("convnext_small", 0.4, new int[] {96, 192, 384, 768}, 3, 3, 27, 3),
          convNeXt("convnext_base", 0.5, new int[] {128, 256, 512, 1024}, 3, 3, 27, 3),
          convNeXt("convnext_large", 0.5, new int[] {192, 384, 768, 1536}, 3, 3, 27, 3),
          convNeXt("convnext_xlarge", 0.5, new int[] {256, 512, 1024, 2048}, 3, 3, 27, 3));

  private static Architecture convNeXt(String name, double depth, int[] channels, int... blocks) {
    return Architecture.named(
            name,
            "ConvNeXt",
            "Liu et al. 2022, arXiv 2201.03545, section 3; torchvision 0.21",
            InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(settings -> new ConvNeXt(depth, channels, blocks, settings.get(NUM_CLASSES)));
  }

  private final Sequential features;
  private final AdaptivePool avgpool;
  private final Sequential classifier;

  private ConvNeXt(double depth, int[] channels, int[] blocks, int numClasses) {
    super(TYPE);
    LinearDepth depths = LinearDepth.to(depth, blocks);
    Sequential layers =
        new Sequential(
            new Conv2dNormActivation(
                conv2d(3, channels[0], 4).stride(4), new LayerNorm2d(channels[0]), null));
    int last = channels.length - 1;
    for (int stage = 0; stage <= last; stage++) {
      layers.add(stage(depths, channels[stage], blocks[stage]));
      if (stage < last) {
        layers.add(downsampling(channels[stage], channels[stage + 1]));
      }
    }
    features = child("features", layers);
    avgpool = child("avgpool", adaptiveAvgPool2d(1));
    classifier =
        child(
            "classifier",
            new Sequential(
                new LayerNorm2d(channels[last]),
                new Flatten(),
                new Linear(channels[last], numClasses)));
  }

  private static Sequential stage(LinearDepth depths, int channels, int blocks) {
    Sequential stage = new Sequential();
    for (int i = 0; i < blocks; i++) {
      stage.add(new Block(channels, depths.next()));
    }
    return stage;
  }

  private static Sequential downsampling(int in, int out) {
    return new Sequential(new LayerNorm2d(in), conv2d(in, out, 2).stride(2));
  }

  @Override
  protected Tensor forward(Tensor x) {
    return classifier.call(avgpool.call(features.call(x)));
  }

  /** Figure 4 of the paper: a 7x7 depthwise convolution, then two linear layers a position. */
  private static final class Block extends Module {
    private final Parameter layerScale;
    private final Sequential block;
    private final StochasticDepth stochasticDepth;

    Block(int channels, StochasticDepth depth) {
      super(BLOCK);
      layerScale = parameter("layer_scale", channels, 1, 1);
      block =
          child(
              "block",
              new Sequential(
                  conv2d(channels, channels, 7).padding(3).groups(channels),
                  Permute.channelsLast(),
                  new LayerNorm(channels).eps(1e-6),
                  new Linear(channels, 4 * channels),
                  gelu(),
                  new Linear(4 * channels, channels),
                  Permute.channelsFirst()));
      stochasticDepth = child("stochastic_depth", depth);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = layerScale.times(block.call(x));
      y = stochasticDepth.call(y);
      return y.plusAssign(x);
    }
  }
}
