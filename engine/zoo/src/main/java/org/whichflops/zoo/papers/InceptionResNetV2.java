package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;

/**
 * Inception-ResNet-v2, "Inception-v4, Inception-ResNet and the Impact of Residual Connections on
 * Learning" (Szegedy et al., arXiv 1602.07261, figure 15); follows
 * Cadene/pretrained-models.pytorch, inceptionresnetv2.py.
 *
 * <p>Like TensorFlow's code, and unlike the paper, it has the stem of Inception-v3, 10, 20 and 10
 * residual blocks (5, 10 and 5 in the paper) and narrower ones.
 */
public final class InceptionResNetV2 extends Module {
  private static final String FILE = "pretrainedmodels.models.inceptionresnetv2.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "InceptionResNetV2");

  /** The one network. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "inception_resnet_v2",
                  "Inception-ResNet",
                  "Szegedy et al. 2016, arXiv 1602.07261; Cadene/pretrained-models.pytorch",
                  InputSize.image(299))
              .options(NUM_CLASSES)
              .remark("as TensorFlow's code; the paper has half as many blocks, and wider ones")
              .builtBy(settings -> new InceptionResNetV2(settings.get(NUM_CLASSES))));

  private final List<Module> steps = new ArrayList<>();
  private final Linear lastLinear;

  private InceptionResNetV2(int numClasses) {
    super(TYPE);
    step("conv2d_1a", block(conv2d(3, 32, 3).stride(2)));
    step("conv2d_2a", block(conv2d(32, 32, 3)));
    step("conv2d_2b", block(conv2d(32, 64, 3).padding(1)));
    step("maxpool_3a", maxPool2d(3).stride(2));
    step("conv2d_3b", block(conv2d(64, 80, 1)));
    step("conv2d_4a", block(conv2d(80, 192, 3)));
    step("maxpool_5a", maxPool2d(3).stride(2));
    step("mixed_5b", mixed5b());
    Sequential repeat = new Sequential();
    for (int i = 0; i < 10; i++) {
      repeat.add(block35());
    }
    step("repeat", repeat);
    step("mixed_6a", mixed6a());
    Sequential repeat1 = new Sequential();
    for (int i = 0; i < 20; i++) {
      repeat1.add(block17());
    }
    step("repeat_1", repeat1);
    step("mixed_7a", mixed7a());
    Sequential repeat2 = new Sequential();
    for (int i = 0; i < 9; i++) {
      repeat2.add(block8(true));
    }
    step("repeat_2", repeat2);
    step("block8", block8(false));
    step("conv2d_7b", block(conv2d(2080, 1536, 1)));
    step("avgpool_1a", avgPool2d(8));
    lastLinear = child("last_linear", new Linear(1536, numClasses));
  }

  private void step(String name, Module module) {
    steps.add(child(name, module));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = x;
    for (Module step : steps) {
      y = step.call(y);
    }
    y = y.viewRows();
    return lastLinear.call(y);
  }

  private static Module block(Conv conv) {
    return InceptionConv.resNetV2(conv);
  }

  private static Sequential row(Conv... convolutions) {
    Sequential row = new Sequential();
    for (Conv conv : convolutions) {
      row.add(block(conv));
    }
    return row;
  }

  private static Module mixed5b() {
    return new Branches(
        ModuleType.of(FILE + "Mixed_5b"),
        block(conv2d(192, 96, 1)),
        row(conv2d(192, 48, 1), conv2d(48, 64, 5).padding(2)),
        row(conv2d(192, 64, 1), conv2d(64, 96, 3).padding(1), conv2d(96, 96, 3).padding(1)),
        new Sequential(avgPool2d(3).stride(1).padding(1), block(conv2d(192, 64, 1))));
  }

  /** Figure 16. */
  private static Module block35() {
    return new Residual(
        ModuleType.of(FILE + "Block35"),
        true,
        conv2d(128, 320, 1),
        block(conv2d(320, 32, 1)),
        row(conv2d(320, 32, 1), conv2d(32, 32, 3).padding(1)),
        row(conv2d(320, 32, 1), conv2d(32, 48, 3).padding(1), conv2d(48, 64, 3).padding(1)));
  }

  /** Figure 7, with the filters of table 1. */
  private static Module mixed6a() {
    return new Branches(
        ModuleType.of(FILE + "Mixed_6a"),
        block(conv2d(320, 384, 3).stride(2)),
        row(conv2d(320, 256, 1), conv2d(256, 256, 3).padding(1), conv2d(256, 384, 3).stride(2)),
        maxPool2d(3).stride(2));
  }

  /** Figure 17. */
  private static Module block17() {
    return new Residual(
        ModuleType.of(FILE + "Block17"),
        true,
        conv2d(384, 1088, 1),
        block(conv2d(1088, 192, 1)),
        row(
            conv2d(1088, 128, 1),
            conv2d(128, 160, 1, 7).padding(0, 3),
            conv2d(160, 192, 7, 1).padding(3, 0)));
  }

  /** Figure 18. */
  private static Module mixed7a() {
    return new Branches(
        ModuleType.of(FILE + "Mixed_7a"),
        row(conv2d(1088, 256, 1), conv2d(256, 384, 3).stride(2)),
        row(conv2d(1088, 256, 1), conv2d(256, 288, 3).stride(2)),
        row(conv2d(1088, 256, 1), conv2d(256, 288, 3).padding(1), conv2d(288, 320, 3).stride(2)),
        maxPool2d(3).stride(2));
  }

  /** Figure 19; the last one is not activated. */
  private static Module block8(boolean activated) {
    return new Residual(
        ModuleType.of(FILE + "Block8"),
        activated,
        conv2d(448, 2080, 1),
        block(conv2d(2080, 192, 1)),
        row(
            conv2d(2080, 192, 1),
            conv2d(192, 224, 1, 3).padding(0, 1),
            conv2d(224, 256, 3, 1).padding(1, 0)));
  }

  /** Branches, a linear 1x1 convolution over all, scaled and added to the input. */
  private static final class Residual extends Module {
    private static final double SCALE = 0.2;

    private final Module[] branches;
    private final Conv conv2d;
    private final @Nullable Activation relu;

    Residual(ModuleType type, boolean activated, Conv last, Module... branches) {
      super(type);
      this.branches = branches.clone();
      for (int i = 0; i < branches.length; i++) {
        child("branch" + i, branches[i]);
      }
      conv2d = child("conv2d", last);
      relu = activated ? child("relu", relu()) : null;
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] results = new Tensor[branches.length];
      for (int i = 0; i < results.length; i++) {
        results[i] = branches[i].call(x);
      }
      Tensor y = Torch.cat(1, results);
      y = conv2d.call(y);
      y = y.times(SCALE).plus(x);
      return relu == null ? y : relu.call(y);
    }
  }
}
