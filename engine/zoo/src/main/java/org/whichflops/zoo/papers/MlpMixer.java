package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * MLP-Mixer, "An all-MLP Architecture for Vision" (Tolstikhin et al., arXiv 2105.01601, table 1);
 * follows timm 1.0.29, models/mlp_mixer.py.
 *
 * <p>Positions are mixed by layers as wide as there are patches, so a network takes 224x224 only.
 */
public final class MlpMixer extends Module {
  private static final String MODULE = "timm.models.mlp_mixer.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "MlpMixer");
  private static final ModuleType MIXER_BLOCK = ModuleType.of(MODULE + "MixerBlock");

  private static final int PATCH = 16;

  /** Table 1 of the paper: layers and hidden size C; the MLPs have 4 C and C / 2 features. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          mixer("mixer_s16", 8, 512), mixer("mixer_b16", 12, 768), mixer("mixer_l16", 24, 1024));

  private static Architecture mixer(String name, int layers, int width) {
    return Architecture.named(
            name,
            "MLP-Mixer",
            "Tolstikhin et al. 2021, arXiv 2105.01601, table 1; timm 1.0.29",
            InputSize.fixed(1, 3, 224, 224))
        .options(NUM_CLASSES)
        .remark("takes images of 224x224 only; Swin's table prints 12.7G for B/16's 12.60")
        .builtBy(settings -> new MlpMixer(layers, width, settings.get(NUM_CLASSES)));
  }

  private final PatchEmbed stem;
  private final Sequential blocks;
  private final LayerNorm norm;
  private final Dropout headDrop;
  private final Linear head;

  private MlpMixer(int layers, int width, int numClasses) {
    super(TYPE);
    stem = child("stem", new PatchEmbed(224, PATCH, width));
    blocks = child("blocks", new Sequential());
    for (int i = 0; i < layers; i++) {
      blocks.add(new MixerBlock(width, stem.patches()));
    }
    norm = child("norm", new LayerNorm(width));
    headDrop = child("head_drop", Dropout.dropout());
    head = child("head", new Linear(width, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = stem.call(x);
    y = blocks.call(y);
    y = norm.call(y);
    y = y.mean(1);
    return head.call(headDrop.call(y));
  }

  /** Figure 1 of the paper: an MLP across patches, then one across channels. */
  private static final class MixerBlock extends Module {
    private final LayerNorm norm1;
    private final TimmMlp mlpTokens;
    private final Identity dropPath;
    private final LayerNorm norm2;
    private final TimmMlp mlpChannels;

    MixerBlock(int width, int patches) {
      super(MIXER_BLOCK);
      norm1 = child("norm1", new LayerNorm(width));
      mlpTokens = child("mlp_tokens", new TimmMlp(patches, width / 2));
      dropPath = child("drop_path", new Identity());
      norm2 = child("norm2", new LayerNorm(width));
      mlpChannels = child("mlp_channels", new TimmMlp(width, 4 * width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor mixed = mlpTokens.call(norm1.call(x).transpose(1, 2)).transpose(1, 2);
      Tensor y = x.plus(dropPath.call(mixed));
      return y.plus(dropPath.call(mlpChannels.call(norm2.call(y))));
    }
  }
}
