package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;

/**
 * Inception-v4, "Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning"
 * (Szegedy et al., arXiv 1602.07261, figures 3 to 9); follows Cadene/pretrained-models.pytorch,
 * inceptionv4.py.
 */
public final class InceptionV4 extends Module {
  private static final String FILE = "pretrainedmodels.models.inceptionv4.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "InceptionV4");

  /** The one network. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "inception_v4",
                  "Inception-v4",
                  "Szegedy et al. 2016, arXiv 1602.07261; Cadene/pretrained-models.pytorch",
                  InputSize.image(299))
              .options(NUM_CLASSES)
              .remark(
                  "12.25G multiply-adds and 42.7M parameters; EfficientNet's table says 13B, 48M")
              .builtBy(settings -> new InceptionV4(settings.get(NUM_CLASSES))));

  private final Sequential features;
  private final Linear lastLinear;

  private InceptionV4(int numClasses) {
    super(TYPE);
    features =
        child(
            "features",
            new Sequential(
                block(conv2d(3, 32, 3).stride(2)),
                block(conv2d(32, 32, 3)),
                block(conv2d(32, 64, 3).padding(1)),
                mixed3a(),
                mixed4a(),
                mixed5a()));
    for (int i = 0; i < 4; i++) {
      features.add(inceptionA());
    }
    features.add(reductionA());
    for (int i = 0; i < 7; i++) {
      features.add(inceptionB());
    }
    features.add(reductionB());
    for (int i = 0; i < 3; i++) {
      features.add(new InceptionC());
    }
    lastLinear = child("last_linear", new Linear(1536, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    Extents height = Extents.of(Math.toIntExact(y.size(2)));
    y = F.avgPool(y, PoolingArguments.of(2, height, height));
    y = y.viewRows();
    return lastLinear.call(y);
  }

  private static Module block(Conv conv) {
    return InceptionConv.v4(conv);
  }

  private static Sequential row(Conv... convolutions) {
    Sequential row = new Sequential();
    for (Conv conv : convolutions) {
      row.add(block(conv));
    }
    return row;
  }

  private static Pool pool() {
    return maxPool2d(3).stride(2);
  }

  private static Sequential pooled(int in, int out) {
    return new Sequential(avgPool2d(3).stride(1).padding(1), block(conv2d(in, out, 1)));
  }

  private static Conv conv1x7(int in, int out) {
    return conv2d(in, out, 1, 7).padding(0, 3);
  }

  private static Conv conv7x1(int in, int out) {
    return conv2d(in, out, 7, 1).padding(3, 0);
  }

  private static Conv conv1x3(int in, int out) {
    return conv2d(in, out, 1, 3).padding(0, 1);
  }

  private static Conv conv3x1(int in, int out) {
    return conv2d(in, out, 3, 1).padding(1, 0);
  }

  /** Figure 3, the first of its three blocks. */
  private static Module mixed3a() {
    return new Branches(
        ModuleType.of(FILE + "Mixed_3a"),
        List.of("maxpool", "conv"),
        pool(),
        block(conv2d(64, 96, 3).stride(2)));
  }

  private static Module mixed4a() {
    return new Branches(
        ModuleType.of(FILE + "Mixed_4a"),
        row(conv2d(160, 64, 1), conv2d(64, 96, 3)),
        row(conv2d(160, 64, 1), conv1x7(64, 64), conv7x1(64, 64), conv2d(64, 96, 3)));
  }

  private static Module mixed5a() {
    return new Branches(
        ModuleType.of(FILE + "Mixed_5a"),
        List.of("conv", "maxpool"),
        block(conv2d(192, 192, 3).stride(2)),
        pool());
  }

  /** Figure 4. */
  private static Module inceptionA() {
    return new Branches(
        ModuleType.of(FILE + "Inception_A"),
        block(conv2d(384, 96, 1)),
        row(conv2d(384, 64, 1), conv2d(64, 96, 3).padding(1)),
        row(conv2d(384, 64, 1), conv2d(64, 96, 3).padding(1), conv2d(96, 96, 3).padding(1)),
        pooled(384, 96));
  }

  /** Figure 7, with the filters of table 1. */
  private static Module reductionA() {
    return new Branches(
        ModuleType.of(FILE + "Reduction_A"),
        block(conv2d(384, 384, 3).stride(2)),
        row(conv2d(384, 192, 1), conv2d(192, 224, 3).padding(1), conv2d(224, 256, 3).stride(2)),
        pool());
  }

  /** Figure 5. */
  private static Module inceptionB() {
    return new Branches(
        ModuleType.of(FILE + "Inception_B"),
        block(conv2d(1024, 384, 1)),
        row(conv2d(1024, 192, 1), conv1x7(192, 224), conv7x1(224, 256)),
        row(
            conv2d(1024, 192, 1),
            conv7x1(192, 192),
            conv1x7(192, 224),
            conv7x1(224, 224),
            conv1x7(224, 256)),
        pooled(1024, 128));
  }

  /** Figure 8. */
  private static Module reductionB() {
    return new Branches(
        ModuleType.of(FILE + "Reduction_B"),
        row(conv2d(1024, 192, 1), conv2d(192, 192, 3).stride(2)),
        row(
            conv2d(1024, 256, 1),
            conv1x7(256, 256),
            conv7x1(256, 320),
            conv2d(320, 320, 3).stride(2)),
        pool());
  }

  /** Figure 6: two of its branches fork. */
  private static final class InceptionC extends Module {
    private final Module branch0;
    private final Module branch1Start;
    private final Module branch1Left;
    private final Module branch1Right;
    private final Module branch2Start;
    private final Module branch2Middle;
    private final Module branch2End;
    private final Module branch2Left;
    private final Module branch2Right;
    private final Module branch3;

    InceptionC() {
      super(ModuleType.of(FILE + "Inception_C"));
      branch0 = child("branch0", block(conv2d(1536, 256, 1)));
      branch1Start = child("branch1_0", block(conv2d(1536, 384, 1)));
      branch1Left = child("branch1_1a", block(conv1x3(384, 256)));
      branch1Right = child("branch1_1b", block(conv3x1(384, 256)));
      branch2Start = child("branch2_0", block(conv2d(1536, 384, 1)));
      branch2Middle = child("branch2_1", block(conv3x1(384, 448)));
      branch2End = child("branch2_2", block(conv1x3(448, 512)));
      branch2Left = child("branch2_3a", block(conv1x3(512, 256)));
      branch2Right = child("branch2_3b", block(conv3x1(512, 256)));
      branch3 = child("branch3", pooled(1536, 256));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor first = branch0.call(x);
      Tensor start = branch1Start.call(x);
      Tensor second = Torch.cat(1, branch1Left.call(start), branch1Right.call(start));
      Tensor end = branch2End.call(branch2Middle.call(branch2Start.call(x)));
      Tensor third = Torch.cat(1, branch2Left.call(end), branch2Right.call(end));
      return Torch.cat(1, first, second, third, branch3.call(x));
    }
  }
}
