package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * FCN on VGG-16, "Fully Convolutional Networks for Semantic Segmentation" (Long et al., arXiv
 * 1411.4038, figure 3); follows wkentaro's pytorch-fcn, torchfcn/models/fcn32s.py and fcn8s.py,
 * which follow the authors' Caffe networks.
 *
 * <p>The first convolution pads by 100, so that the classifier's 7x7 fits; what is too much is cut
 * off at the end.
 */
public final class FcnVgg extends Module {
  private static final String MODULE = "torchfcn.models.";

  private static final Option<Integer> N_CLASS =
      Option.count("n_class", 21, "outputs at each position, background among them");

  /** VGG-16: channels of the convolutions between two poolings. */
  private static final int[][] GROUPS = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };

  /** The coarsest and the finest network of the paper. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(fcn("fcn32s_vgg16", false), fcn("fcn8s_vgg16", true));

  private static Architecture fcn(String name, boolean skips) {
    return Architecture.named(
            name,
            "FCN",
            "Long et al. 2014, arXiv 1411.4038, figure 3; wkentaro/pytorch-fcn",
            InputSize.image(500))
        .options(N_CLASS)
        .builtBy(settings -> new FcnVgg(skips, settings.get(N_CLASS)));
  }

  private final List<List<Module>> groups = new ArrayList<>();
  private final List<Module> classifier = new ArrayList<>();
  private final Upscaling upscaling;

  private FcnVgg(boolean skips, int classes) {
    super(ModuleType.of(MODULE + (skips ? "fcn8s.FCN8s" : "fcn32s.FCN32s")));
    int in = 3;
    for (int i = 0; i < GROUPS.length; i++) {
      List<Module> group = new ArrayList<>();
      for (int j = 0; j < GROUPS[i].length; j++) {
        String place = (i + 1) + "_" + (j + 1);
        int padding = i == 0 && j == 0 ? 100 : 1;
        group.add(child("conv" + place, conv2d(in, GROUPS[i][j], 3).padding(padding)));
        group.add(child("relu" + place, reluInplace()));
        in = GROUPS[i][j];
      }
      group.add(child("pool" + (i + 1), maxPool2d(2).stride(2).ceilMode()));
      groups.add(group);
    }
    fullyConnected(6, conv2d(in, 4096, 7));
    fullyConnected(7, conv2d(4096, 4096, 1));
    classifier.add(child("score_fr", conv2d(4096, classes, 1)));
    upscaling = skips ? eightfold(classes) : thirtyTwofold(classes);
  }

  private void fullyConnected(int layer, Conv conv) {
    classifier.add(child("fc" + layer, conv));
    classifier.add(child("relu" + layer, reluInplace()));
    classifier.add(child("drop" + layer, Dropout.dropout(2)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] pooled = new Tensor[groups.size()];
    Tensor y = x;
    for (int i = 0; i < groups.size(); i++) {
      y = inTurn(groups.get(i), y);
      pooled[i] = y;
    }
    return upscaling.of(inTurn(classifier, y), pooled, x);
  }

  private static Tensor inTurn(List<Module> layers, Tensor x) {
    Tensor y = x;
    for (Module layer : layers) {
      y = layer.call(y);
    }
    return y;
  }

  /** How scores come back to the image's resolution. */
  private interface Upscaling {
    Tensor of(Tensor scores, Tensor[] pooled, Tensor image);
  }

  private Upscaling thirtyTwofold(int classes) {
    Conv upscore = child("upscore", upscale(classes, 64, 32));
    return (scores, pooled, image) -> cut(upscore.call(scores), 19, image).contiguous();
  }

  /** Scores of the third and fourth pooling are added on the way. */
  private Upscaling eightfold(int classes) {
    Conv scorePool3 = child("score_pool3", conv2d(256, classes, 1));
    Conv scorePool4 = child("score_pool4", conv2d(512, classes, 1));
    Conv upscore2 = child("upscore2", upscale(classes, 4, 2));
    Conv upscore8 = child("upscore8", upscale(classes, 16, 8));
    Conv upscorePool4 = child("upscore_pool4", upscale(classes, 4, 2));
    return (scores, pooled, image) -> {
      Tensor y = upscore2.call(scores);
      y = y.plus(cut(scorePool4.call(pooled[3]), 5, y));
      y = upscorePool4.call(y);
      y = y.plus(cut(scorePool3.call(pooled[2]), 9, y));
      return cut(upscore8.call(y), 31, image).contiguous();
    };
  }

  private static Conv upscale(int classes, int kernel, int stride) {
    return convTranspose2d(classes, classes, kernel).stride(stride).noBias();
  }

  /** What is left of a map from an offset on, at another map's resolution. */
  private static Tensor cut(Tensor map, long offset, Tensor other) {
    return map.get(
        Index.ALL,
        Index.ALL,
        Index.range(offset, offset + other.size(2)),
        Index.range(offset, offset + other.size(3)));
  }
}
