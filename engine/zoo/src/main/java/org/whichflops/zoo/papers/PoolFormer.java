package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * PoolFormer, "MetaFormer Is Actually What You Need for Vision" (Yu et al., arXiv 2111.11418, table
 * 1); follows the authors' models/poolformer.py.
 *
 * <p>The average pooling leaves padding out of its means; its arithmetic here takes every window as
 * full. Blocks call stochastic depth as an identity.
 */
public final class PoolFormer extends Module {
  private static final String MODULE = "models.poolformer.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "PoolFormer");
  private static final ModuleType PATCH_EMBED = ModuleType.of(MODULE + "PatchEmbed");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "PoolFormerBlock");
  private static final ModuleType POOLING = ModuleType.of(MODULE + "Pooling");
  private static final ModuleType MLP = ModuleType.of(MODULE + "Mlp");
  private static final ModuleType GROUP_NORM = GroupNorm.TYPE.subclass(MODULE + "GroupNorm");

  private static final int[] SMALL = {64, 128, 320, 512};
  private static final int[] MEDIUM = {96, 192, 384, 768};

  /** Table 1 of the paper: a stage's channels; a sixth of the blocks each, and half in stage 3. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          poolFormer("poolformer_s12", 12, SMALL),
          poolFormer("poolformer_s24", 24, SMALL),
          poolFormer("poolformer_s36", 36, SMALL),
          poolFormer("poolformer_m36", 36, MEDIUM),
          poolFormer("poolformer_m48", 48, MEDIUM));

  private static Architecture poolFormer(String name, int blocks, int[] widths) {
    return Architecture.named(
            name,
            "PoolFormer",
            "Yu et al. 2021, arXiv 2111.11418, table 1; the authors' code",
            InputSize.image(224))
        .options(NUM_CLASSES)
        .remark("the paper's FLOPs are fvcore's, which counts norms besides multiply-adds")
        .builtBy(settings -> new PoolFormer(blocks, widths, settings.get(NUM_CLASSES)));
  }

  private final PatchEmbed patchEmbed;
  private final ModuleList network;
  private final GroupNorm norm;
  private final Linear head;

  private PoolFormer(int blocks, int[] widths, int numClasses) {
    super(TYPE);
    patchEmbed = child("patch_embed", new PatchEmbed(conv2d(3, widths[0], 7).stride(4).padding(2)));
    List<Module> stages = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      if (i > 0) {
        stages.add(new PatchEmbed(conv2d(widths[i - 1], widths[i], 3).stride(2).padding(1)));
      }
      Sequential stage = new Sequential();
      for (int j = 0; j < (i == 2 ? blocks / 2 : blocks / 6); j++) {
        stage.add(new Block(widths[i]));
      }
      stages.add(stage);
    }
    network = child("network", new ModuleList(stages));
    int width = widths[widths.length - 1];
    norm = child("norm", norm(width));
    head = child("head", new Linear(width, numClasses));
  }

  private static GroupNorm norm(int width) {
    return new GroupNorm(1, width).as(GROUP_NORM);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = patchEmbed.call(x);
    for (Module stage : network.modules()) {
      y = stage.call(y);
    }
    y = norm.call(y);
    return head.call(y.mean(-2, -1));
  }

  /** A convolution that lowers the resolution; no normalization after it. */
  private static final class PatchEmbed extends Module {
    private final Conv proj;
    private final Identity norm;

    PatchEmbed(Conv conv) {
      super(PATCH_EMBED);
      proj = child("proj", conv);
      norm = child("norm", new Identity());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return norm.call(proj.call(x));
    }
  }

  /** Figure 2 of the paper: pooling in place of attention, then an MLP, each scaled by channel. */
  private static final class Block extends Module {
    private final GroupNorm norm1;
    private final Pooling tokenMixer;
    private final GroupNorm norm2;
    private final Mlp mlp;
    private final Identity dropPath;
    private final Parameter layerScale1;
    private final Parameter layerScale2;

    Block(int width) {
      super(BLOCK);
      layerScale1 = parameter("layer_scale_1", width);
      layerScale2 = parameter("layer_scale_2", width);
      norm1 = child("norm1", norm(width));
      tokenMixer = child("token_mixer", new Pooling());
      norm2 = child("norm2", norm(width));
      mlp = child("mlp", new Mlp(width));
      dropPath = child("drop_path", new Identity());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.plus(scaled(layerScale1, tokenMixer, norm1, x));
      return y.plus(scaled(layerScale2, mlp, norm2, y));
    }

    private Tensor scaled(Parameter scale, Module mixer, GroupNorm norm, Tensor x) {
      Tensor factors = scale.on(x).unsqueeze(-1).unsqueeze(-1);
      return dropPath.call(factors.times(mixer.call(norm.call(x))));
    }
  }

  /** The mean of a neighbourhood less the position itself. */
  private static final class Pooling extends Module {
    private final Pool pool;

    Pooling() {
      super(POOLING);
      pool = child("pool", avgPool2d(3).stride(1).padding(1));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return pool.call(x).minus(x);
    }
  }

  /** Two 1x1 convolutions with a GELU between them; one dropout called after each. */
  private static final class Mlp extends Module {
    private final Conv fc1;
    private final Activation act;
    private final Conv fc2;
    private final Dropout drop;

    Mlp(int width) {
      super(MLP);
      fc1 = child("fc1", conv2d(width, 4 * width, 1));
      act = child("act", Activation.gelu());
      fc2 = child("fc2", conv2d(4 * width, width, 1));
      drop = child("drop", Dropout.dropout());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = drop.call(act.call(fc1.call(x)));
      return drop.call(fc2.call(y));
    }
  }
}
