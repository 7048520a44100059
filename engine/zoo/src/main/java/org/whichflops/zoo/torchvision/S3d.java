package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Conv.conv3d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.avgPool;
import static org.whichflops.engine.nn.Pool.maxPool;
import static org.whichflops.zoo.torchvision.Video.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.ops.Conv3dNormActivation;

/**
 * S3D, "Rethinking Spatiotemporal Feature Learning: Speed-Accuracy Trade-offs in Video
 * Classification" (Xie et al., arXiv 1712.04851, section 4.3); follows torchvision 0.21,
 * models/video/s3d.py.
 *
 * <p>The paper counts clips of 64 frames, torchvision of 16.
 */
public final class S3d extends Module {
  private static final String MODULE = "torchvision.models.video.s3d.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "S3D");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "SepInceptionBlock3D");
  private static final ModuleType SEPARABLE =
      Sequential.TYPE.subclass(MODULE + "TemporalSeparableConv");

  private static final Option<Integer> FRAMES = Video.frames(64);

  /** The one network of the family. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "s3d",
                  "S3D",
                  "Xie et al. 2017, arXiv 1712.04851; torchvision 0.21",
                  Video.of(64, 224))
              .input(settings -> Video.of(settings.get(FRAMES), 224))
              .options(FRAMES, NUM_CLASSES)
              .remark("clips of 64 frames, as in the paper; torchvision's figure is for 16")
              .builtBy(settings -> new S3d(settings.get(NUM_CLASSES))));

  private final Sequential features;
  private final Pool avgpool;
  private final Sequential classifier;

  private S3d(int numClasses) {
    super(TYPE);
    features =
        child(
            "features",
            new Sequential(
                separable(3, 64, 7, 2, 3),
                maxPool(3, 1, 3, 3).stride(1, 2, 2).padding(0, 1, 1),
                pointwise(64, 64),
                separable(64, 192, 3, 1, 1),
                maxPool(3, 1, 3, 3).stride(1, 2, 2).padding(0, 1, 1),
                new Block(192, 64, 96, 128, 16, 32, 32),
                new Block(256, 128, 128, 192, 32, 96, 64),
                maxPool(3, 3, 3, 3).stride(2, 2, 2).padding(1, 1, 1),
                new Block(480, 192, 96, 208, 16, 48, 64),
                new Block(512, 160, 112, 224, 24, 64, 64),
                new Block(512, 128, 128, 256, 24, 64, 64),
                new Block(512, 112, 144, 288, 32, 64, 64),
                new Block(528, 256, 160, 320, 32, 128, 128),
                maxPool(3, 2, 2, 2).stride(2, 2, 2).padding(0, 0, 0),
                new Block(832, 256, 160, 320, 32, 128, 128),
                new Block(832, 384, 192, 384, 48, 128, 128)));
    avgpool = child("avgpool", avgPool(3, 2, 7, 7).stride(1));
    classifier = child("classifier", new Sequential(dropout().p(0.2), conv3d(1024, numClasses, 1)));
  }

  private static Conv3dNormActivation pointwise(int in, int out) {
    return normed(conv3d(in, out, 1));
  }

  private static Conv3dNormActivation normed(Conv conv) {
    int channels = conv.hyperparameters().outChannels();
    return new Conv3dNormActivation(conv, BatchNorm.batchNorm3d(channels).eps(1e-3).momentum(1e-3));
  }

  /** A convolution over space and one over time. */
  private static Sequential separable(int in, int out, int kernel, int stride, int padding) {
    return new Sequential(
        SEPARABLE,
        normed(
            conv3d(in, out, 1, kernel, kernel)
                .stride(1, stride, stride)
                .padding(0, padding, padding)),
        normed(conv3d(out, out, kernel, 1, 1).stride(stride, 1, 1).padding(padding, 0, 0)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = avgpool.call(y);
    y = classifier.call(y);
    return Torch.mean(y, 2, 3, 4);
  }

  /** An Inception block: four branches side by side. */
  private static final class Block extends Module {
    private final Module branch0;
    private final Module branch1;
    private final Module branch2;
    private final Module branch3;

    Block(int in, int out0, int mid1, int out1, int mid2, int out2, int out3) {
      super(BLOCK);
      branch0 = child("branch0", pointwise(in, out0));
      branch1 =
          child("branch1", new Sequential(pointwise(in, mid1), separable(mid1, out1, 3, 1, 1)));
      branch2 =
          child("branch2", new Sequential(pointwise(in, mid2), separable(mid2, out2, 3, 1, 1)));
      branch3 =
          child(
              "branch3",
              new Sequential(maxPool(3, 3, 3, 3).stride(1).padding(1), pointwise(in, out3)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return Torch.cat(1, branch0.call(x), branch1.call(x), branch2.call(x), branch3.call(x));
    }
  }
}
