package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * DeiT, "Training data-efficient image transformers and distillation through attention" (Touvron et
 * al., arXiv 2012.12877, table 1), without and with the distillation token and its head; follows
 * timm 1.0.29, models/deit.py and models/vision_transformer.py, with its fused attention.
 *
 * <p>Queries, keys and values come from one linear layer, so that tools that count modules see
 * them, unlike those of {@code nn.MultiheadAttention}. The paper prints no FLOPs.
 */
public final class DeiT extends Module {
  private static final String MODULE = "timm.models.vision_transformer.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "VisionTransformer");
  private static final ModuleType DISTILLED =
      TYPE.subclass("timm.models.deit.VisionTransformerDistilled");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "Block");
  private static final ModuleType ATTENTION = ModuleType.of("timm.layers.attention.Attention");
  private static final ModuleType LAYER_NORM =
      LayerNorm.TYPE.subclass("timm.layers.norm.LayerNorm");

  private static final int PATCH = 16;
  private static final int DEPTH = 12;

  /** The width of a head, the same in every network of the paper. */
  private static final int HEAD = 64;

  private static final Option<Integer> IMG_SIZE =
      Option.count("img_size", 224, "side of the images, cut down to a multiple of 16");

  /** Table 1 of the paper: the embedding dimension, of 64 a head. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          deit("deit_tiny_patch16_224", 192),
          deit("deit_small_patch16_224", 384),
          deit("deit_base_patch16_224", 768),
          distilled("deit_tiny_distilled_patch16_224", 192),
          distilled("deit_small_distilled_patch16_224", 384),
          distilled("deit_base_distilled_patch16_224", 768));

  private static Architecture deit(String name, int width) {
    return deit(name, width, false);
  }

  private static Architecture distilled(String name, int width) {
    return deit(name, width, true);
  }

  private static Architecture deit(String name, int width, boolean distilled) {
    return Architecture.named(
            name,
            "DeiT",
            "Touvron et al. 2020, arXiv 2012.12877, table 1; timm 1.0.29",
            InputSize.image(224))
        .input(settings -> InputSize.fixed(1, 3, settings.get(IMG_SIZE), settings.get(IMG_SIZE)))
        .options(IMG_SIZE, NUM_CLASSES)
        .remark("takes images of its img_size only")
        .builtBy(
            settings ->
                new DeiT(settings.get(IMG_SIZE), width, distilled, settings.get(NUM_CLASSES)));
  }

  private final Parameter clsToken;
  private final @Nullable Parameter distToken;
  private final Parameter posEmbed;
  private final PatchEmbed patchEmbed;
  private final Dropout posDrop;
  private final Identity patchDrop;
  private final Identity normPre;
  private final Sequential blocks;
  private final LayerNorm norm;
  private final Identity fcNorm;
  private final Dropout headDrop;
  private final Linear head;
  private final @Nullable Linear headDist;

  private DeiT(int imageSize, int width, boolean distilled, int numClasses) {
    super(distilled ? DISTILLED : TYPE);
    patchEmbed = child("patch_embed", new PatchEmbed(imageSize, PATCH, width));
    clsToken = parameter("cls_token", 1, 1, width);
    distToken = distilled ? parameter("dist_token", 1, 1, width) : null;
    posEmbed = parameter("pos_embed", 1, patchEmbed.patches() + (distilled ? 2L : 1L), width);
    posDrop = child("pos_drop", Dropout.dropout());
    patchDrop = child("patch_drop", new Identity());
    normPre = child("norm_pre", new Identity());
    blocks = child("blocks", new Sequential());
    for (int i = 0; i < DEPTH; i++) {
      blocks.add(new Block(width));
    }
    norm = child("norm", norm(width));
    fcNorm = child("fc_norm", new Identity());
    headDrop = child("head_drop", Dropout.dropout());
    head = child("head", new Linear(width, numClasses));
    headDist = distilled ? child("head_dist", new Linear(width, numClasses)) : null;
  }

  private static LayerNorm norm(int width) {
    return new LayerNorm(width).as(LAYER_NORM);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = patchEmbed.call(x);
    Tensor cls = clsToken.on(y).expand(y.size(0), -1, -1);
    y =
        distToken == null
            ? Torch.cat(1, cls, y)
            : Torch.cat(1, cls, distToken.on(y).expand(y.size(0), -1, -1), y);
    y = posDrop.call(y.plus(posEmbed));
    y = patchDrop.call(y);
    y = normPre.call(y);
    y = blocks.call(y);
    y = norm.call(y);
    if (headDist != null) {
      Tensor byClass = head.call(y.get(1, 0));
      return byClass.plus(headDist.call(y.get(1, 1))).over(2);
    }
    y = y.get(1, 0);
    y = fcNorm.call(y);
    y = headDrop.call(y);
    return head.call(y);
  }

  /** Attention and MLP, each normalized before and added to its input. */
  private static final class Block extends Module {
    private final LayerNorm norm1;
    private final SelfAttention attn;
    private final Identity ls1;
    private final Identity dropPath1;
    private final LayerNorm norm2;
    private final TimmMlp mlp;
    private final Identity ls2;
    private final Identity dropPath2;

    Block(int width) {
      super(BLOCK);
      norm1 = child("norm1", norm(width));
      attn = child("attn", new SelfAttention(width));
      ls1 = child("ls1", new Identity());
      dropPath1 = child("drop_path1", new Identity());
      norm2 = child("norm2", norm(width));
      mlp = child("mlp", new TimmMlp(width, 4 * width));
      ls2 = child("ls2", new Identity());
      dropPath2 = child("drop_path2", new Identity());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.plus(dropPath1.call(ls1.call(attn.call(norm1.call(x)))));
      return y.plus(dropPath2.call(ls2.call(mlp.call(norm2.call(y)))));
    }
  }

  /** Heads side by side in one fused function; the dropout of weights is an argument of it. */
  private static final class SelfAttention extends Module {
    private final int heads;
    private final Linear qkv;
    private final Identity qNorm;
    private final Identity kNorm;
    private final Identity norm;
    private final Linear proj;
    private final Dropout projDrop;

    SelfAttention(int width) {
      super(ATTENTION);
      heads = width / HEAD;
      qkv = child("qkv", new Linear(width, 3 * width));
      qNorm = child("q_norm", new Identity());
      kNorm = child("k_norm", new Identity());
      child("attn_drop", Dropout.dropout());
      norm = child("norm", new Identity());
      proj = child("proj", new Linear(width, width));
      projDrop = child("proj_drop", Dropout.dropout());
    }

    /** What a tool that knows this class of timm's asks it for. */
    @Override
    public long attribute(Attribute attribute, Call call) {
      return attribute == Attribute.HEADS ? heads : super.attribute(attribute, call);
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      long length = x.size(1);
      Tensor[] parts =
          qkv.call(x).reshape(batch, length, 3, heads, HEAD).permute(2, 0, 3, 1, 4).unbind(0);
      Tensor q = qNorm.call(parts[0]);
      Tensor k = kNorm.call(parts[1]);
      Tensor y = Attention.scaledDotProduct(q, k, parts[2], false);
      y = y.transpose(1, 2).reshape(batch, length, (long) heads * HEAD);
      return projDrop.call(proj.call(norm.call(y)));
    }
  }
}
