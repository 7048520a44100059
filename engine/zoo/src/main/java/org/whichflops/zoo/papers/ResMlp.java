package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * ResMLP, "Feedforward networks for image classification with data-efficient training" (Touvron et
 * al., arXiv 2105.03404, table 1); follows facebookresearch/deit, resmlp_models.py.
 *
 * <p>The code's B24 has patches of 8x8; the paper's B24/16, which tables compare, has 16x16.
 */
public final class ResMlp extends Module {
  private static final String MODULE = "resmlp_models.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "resmlp_models");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "layers_scale_mlp_blocks");
  private static final ModuleType AFFINE = ModuleType.of(MODULE + "Affine");

  /** Patch, layers and width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          resMlp("resmlp_s12", 16, 12, 384),
          resMlp("resmlp_s24", 16, 24, 384),
          resMlp("resmlp_s36", 16, 36, 384),
          resMlp("resmlp_b24_16", 16, 24, 768),
          resMlp("resmlp_b24_8", 8, 24, 768));

  private static Architecture resMlp(String name, int patch, int layers, int width) {
    return Architecture.named(
            name,
            "ResMLP",
            "Touvron et al. 2021, arXiv 2105.03404; facebookresearch/deit",
            InputSize.fixed(1, 3, 224, 224))
        .options(NUM_CLASSES)
        .remark("takes images of 224x224 only")
        .builtBy(settings -> new ResMlp(patch, layers, width, settings.get(NUM_CLASSES)));
  }

  private final PatchEmbed patchEmbed;
  private final ModuleList blocks;
  private final Affine norm;
  private final Linear head;

  private ResMlp(int patch, int layers, int width, int numClasses) {
    super(TYPE);
    patchEmbed = child("patch_embed", new PatchEmbed(224, patch, width));
    List<Module> all = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      all.add(new Block(width, patchEmbed.patches()));
    }
    blocks = child("blocks", new ModuleList(all));
    norm = child("norm", new Affine(width));
    head = child("head", new Linear(width, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = patchEmbed.call(x);
    for (Module block : blocks.modules()) {
      y = block.call(y);
    }
    y = norm.call(y);
    y = y.mean(1).reshape(y.size(0), 1, -1);
    return head.call(y.get(1, 0));
  }

  /** What stands for normalization: a learnt scale and shift. */
  private static final class Affine extends Module {
    private final Parameter alpha;
    private final Parameter beta;

    Affine(int width) {
      super(AFFINE);
      alpha = parameter("alpha", width);
      beta = parameter("beta", width);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return alpha.times(x).plus(beta);
    }
  }

  /** A linear layer across patches, then an MLP across channels. */
  private static final class Block extends Module {
    private final Parameter gamma1;
    private final Parameter gamma2;
    private final Affine norm1;
    private final Linear attn;
    private final Identity dropPath;
    private final Affine norm2;
    private final TimmMlp mlp;

    Block(int width, int patches) {
      super(BLOCK);
      gamma1 = parameter("gamma_1", width);
      gamma2 = parameter("gamma_2", width);
      norm1 = child("norm1", new Affine(width));
      attn = child("attn", new Linear(patches, patches));
      dropPath = child("drop_path", new Identity());
      norm2 = child("norm2", new Affine(width));
      mlp = child("mlp", new TimmMlp(width, 4 * width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor mixed = attn.call(norm1.call(x).transpose(1, 2)).transpose(1, 2);
      Tensor y = x.plus(dropPath.call(gamma1.times(mixed)));
      return y.plus(dropPath.call(gamma2.times(mlp.call(norm2.call(y)))));
    }
  }
}
