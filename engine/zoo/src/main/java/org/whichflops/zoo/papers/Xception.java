package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * Xception, "Xception: Deep Learning with Depthwise Separable Convolutions" (Chollet, arXiv
 * 1610.02357, figure 5); follows Cadene/pretrained-models.pytorch, xception.py.
 */
public final class Xception extends Module {
  private static final String FILE = "pretrainedmodels.models.xception.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "Xception");
  private static final ModuleType BLOCK = ModuleType.of(FILE + "Block");
  private static final ModuleType SEPARABLE = ModuleType.of(FILE + "SeparableConv2d");

  private static final AdaptivePoolingArguments TO_ONE =
      new AdaptivePoolingArguments(2, Extents.of(1));

  /** The one network. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "xception",
                  "Xception",
                  "Chollet 2016, arXiv 1610.02357, figure 5; Cadene/pretrained-models.pytorch",
                  InputSize.image(299))
              .options(NUM_CLASSES)
              .builtBy(settings -> new Xception(settings.get(NUM_CLASSES))));

  private final Conv conv1;
  private final BatchNorm bn1;
  private final Activation relu1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final Activation relu2;
  private final List<Block> blocks = new ArrayList<>();
  private final SeparableConv conv3;
  private final BatchNorm bn3;
  private final Activation relu3;
  private final SeparableConv conv4;
  private final BatchNorm bn4;
  private final Linear lastLinear;

  private Xception(int numClasses) {
    super(TYPE);
    conv1 = child("conv1", conv2d(3, 32, 3).stride(2).noBias());
    bn1 = child("bn1", batchNorm2d(32));
    relu1 = child("relu1", reluInplace());
    conv2 = child("conv2", conv2d(32, 64, 3).noBias());
    bn2 = child("bn2", batchNorm2d(64));
    relu2 = child("relu2", reluInplace());
    block(Block.growingFirst(64, 128).withoutFirstRelu());
    block(Block.growingFirst(128, 256));
    block(Block.growingFirst(256, 728));
    for (int i = 0; i < 8; i++) {
      block(Block.middle(728));
    }
    block(Block.growingLast(728, 1024));
    conv3 = child("conv3", new SeparableConv(1024, 1536));
    bn3 = child("bn3", batchNorm2d(1536));
    relu3 = child("relu3", reluInplace());
    conv4 = child("conv4", new SeparableConv(1536, 2048));
    bn4 = child("bn4", batchNorm2d(2048));
    lastLinear = child("last_linear", new Linear(2048, numClasses));
  }

  private void block(Block block) {
    blocks.add(child("block" + (blocks.size() + 1), block));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = relu1.call(bn1.call(conv1.call(x)));
    y = relu2.call(bn2.call(conv2.call(y)));
    for (Block block : blocks) {
      y = block.call(y);
    }
    y = relu3.call(bn3.call(conv3.call(y)));
    y = bn4.call(conv4.call(y));
    // The source makes this module in its forward, so it is no child of the network's.
    y = Activations.RELU_INPLACE.of(y);
    y = F.adaptiveAvgPool(y, TO_ONE);
    y = y.viewRows();
    return lastLinear.call(y);
  }

  /** Depthwise 3x3, then 1x1, with nothing between them. */
  private static final class SeparableConv extends Module {
    private final Conv conv1;
    private final Conv pointwise;

    SeparableConv(int in, int out) {
      super(SEPARABLE);
      conv1 = child("conv1", conv2d(in, in, 3).padding(1).groups(in).noBias());
      pointwise = child("pointwise", conv2d(in, out, 1).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return pointwise.call(conv1.call(x));
    }
  }

  /** Separable convolutions with a linear residual around them. */
  private static final class Block extends Module {
    private final @Nullable Conv skip;
    private final @Nullable BatchNorm skipbn;
    private final Sequential rep;
    private final int[] widths;
    private final boolean halving;

    private Block(boolean firstRelu, boolean halving, int... widths) {
      super(BLOCK);
      this.widths = widths;
      this.halving = halving;
      int in = widths[0];
      int out = widths[widths.length - 1];
      skip = halving ? child("skip", conv2d(in, out, 1).stride(2).noBias()) : null;
      skipbn = halving ? child("skipbn", batchNorm2d(out)) : null;
      rep = child("rep", new Sequential());
      for (int i = 1; i < widths.length; i++) {
        if (i > 1) {
          rep.add(reluInplace());
        } else if (firstRelu) {
          rep.add(relu());
        }
        rep.add(new SeparableConv(widths[i - 1], widths[i]));
        rep.add(batchNorm2d(widths[i]));
      }
      if (halving) {
        rep.add(maxPool2d(3).stride(2).padding(1));
      }
    }

    /** Of the entry flow: halves the resolution. */
    static Block growingFirst(int in, int out) {
      return new Block(true, true, in, out, out);
    }

    /** Of the middle flow: keeps everything. */
    static Block middle(int channels) {
      return new Block(true, false, channels, channels, channels, channels);
    }

    /** Of the exit flow: halves the resolution. */
    static Block growingLast(int in, int out) {
      return new Block(true, true, in, in, out);
    }

    /** The same for an input that is activated already. */
    Block withoutFirstRelu() {
      return new Block(false, halving, widths);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = rep.call(x);
      Tensor identity = skip == null || skipbn == null ? x : skipbn.call(skip.call(x));
      return y.plusAssign(identity);
    }
  }
}
