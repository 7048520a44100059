package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * CaiT, "Going deeper with Image Transformers" (Touvron et al., arXiv 2103.17239, table 3); follows
 * timm 1.0.29, models/cait.py, with its fused class attention.
 *
 * <p>Heads talk to each other by linear layers over the scores, before and after the softmax. Two
 * last layers attend from the class token alone.
 */
public final class Cait extends Module {
  private static final String MODULE = "timm.models.cait.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "Cait");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "LayerScaleBlock");
  private static final ModuleType CLASS_BLOCK = ModuleType.of(MODULE + "LayerScaleBlockClassAttn");
  private static final ModuleType ATTENTION = ModuleType.of(MODULE + "TalkingHeadAttn");
  private static final ModuleType CLASS_ATTENTION = ModuleType.of(MODULE + "ClassAttn");

  private static final int PATCH = 16;
  private static final int CLASS_BLOCKS = 2;

  /** The width of a head, the same in every network of the paper. */
  private static final int HEAD = 48;

  /** Table 3 of the paper: side of the images, depth, and width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          cait("cait_xxs24_224", 224, 24, 192),
          cait("cait_xxs36_224", 224, 36, 192),
          cait("cait_xs24_384", 384, 24, 288),
          cait("cait_s24_224", 224, 24, 384),
          cait("cait_s24_384", 384, 24, 384),
          cait("cait_s36_384", 384, 36, 384),
          cait("cait_m36_384", 384, 36, 768),
          cait("cait_m48_448", 448, 48, 768));

  private static Architecture cait(String name, int side, int depth, int width) {
    Option<Integer> imgSize =
        Option.count("img_size", side, "side of the images, cut down to a multiple of 16");
    return Architecture.named(
            name,
            "CaiT",
            "Touvron et al. 2021, arXiv 2103.17239, table 3; timm 1.0.29",
            InputSize.image(side))
        .input(settings -> InputSize.fixed(1, 3, settings.get(imgSize), settings.get(imgSize)))
        .options(imgSize, NUM_CLASSES)
        .remark("takes images of its img_size only")
        .builtBy(
            settings -> new Cait(settings.get(imgSize), depth, width, settings.get(NUM_CLASSES)));
  }

  private final PatchEmbed patchEmbed;
  private final Parameter clsToken;
  private final Parameter posEmbed;
  private final Dropout posDrop;
  private final Sequential blocks;
  private final ModuleList blocksTokenOnly;
  private final LayerNorm norm;
  private final Dropout headDrop;
  private final Linear head;

  private Cait(int imageSize, int depth, int width, int numClasses) {
    super(TYPE);
    patchEmbed = child("patch_embed", new PatchEmbed(imageSize, PATCH, width));
    clsToken = parameter("cls_token", 1, 1, width);
    posEmbed = parameter("pos_embed", 1, patchEmbed.patches(), width);
    posDrop = child("pos_drop", Dropout.dropout().p(0));
    blocks = child("blocks", new Sequential());
    for (int i = 0; i < depth; i++) {
      blocks.add(new Block(width));
    }
    List<Module> last = new ArrayList<>();
    for (int i = 0; i < CLASS_BLOCKS; i++) {
      last.add(new ClassBlock(width));
    }
    blocksTokenOnly = child("blocks_token_only", new ModuleList(last));
    norm = child("norm", norm(width));
    headDrop = child("head_drop", Dropout.dropout().p(0));
    head = child("head", new Linear(width, numClasses));
  }

  private static LayerNorm norm(int width) {
    return new LayerNorm(width).eps(1e-6);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = patchEmbed.call(x);
    y = y.plus(posEmbed);
    y = posDrop.call(y);
    Tensor cls = clsToken.on(y).expand(y.size(0), -1, -1);
    y = blocks.call(y);
    for (Module block : blocksTokenOnly.modules()) {
      cls = block.call(y, cls)[0];
    }
    y = Torch.cat(1, cls, y);
    y = norm.call(y);
    y = y.get(1, 0);
    return head.call(headDrop.call(y));
  }

  /** Attention and MLP, each normalized before, scaled by a learnt vector, and added. */
  private static final class Block extends Module {
    private final Parameter gamma1;
    private final Parameter gamma2;
    private final LayerNorm norm1;
    private final TalkingHeads attn;
    private final Identity dropPath;
    private final LayerNorm norm2;
    private final TimmMlp mlp;

    Block(int width) {
      super(BLOCK);
      gamma1 = parameter("gamma_1", width);
      gamma2 = parameter("gamma_2", width);
      norm1 = child("norm1", norm(width));
      attn = child("attn", new TalkingHeads(width));
      dropPath = child("drop_path", new Identity());
      norm2 = child("norm2", norm(width));
      mlp = child("mlp", new TimmMlp(width, 4 * width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.plus(dropPath.call(gamma1.times(attn.call(norm1.call(x)))));
      return y.plus(dropPath.call(gamma2.times(mlp.call(norm2.call(y)))));
    }
  }

  /** Step by step, since no fused function has layers between its products. */
  private static final class TalkingHeads extends Module {
    private final int heads;
    private final Linear qkv;
    private final Dropout attnDrop;
    private final Linear proj;
    private final Linear projL;
    private final Linear projW;
    private final Dropout projDrop;

    TalkingHeads(int width) {
      super(ATTENTION);
      heads = width / HEAD;
      qkv = child("qkv", new Linear(width, 3 * width));
      attnDrop = child("attn_drop", Dropout.dropout().p(0));
      proj = child("proj", new Linear(width, width));
      projL = child("proj_l", new Linear(heads, heads));
      projW = child("proj_w", new Linear(heads, heads));
      projDrop = child("proj_drop", Dropout.dropout().p(0));
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      long length = x.size(1);
      Tensor all = qkv.call(x).reshape(batch, length, 3, heads, HEAD).permute(2, 0, 3, 1, 4);
      Tensor q = all.get(0, 0).times(Math.pow(HEAD, -0.5));
      Tensor k = all.get(0, 1);
      Tensor v = all.get(0, 2);
      Tensor scores = q.at(k.transpose(-2, -1));
      scores = projL.call(scores.permute(0, 2, 3, 1)).permute(0, 3, 1, 2);
      scores = scores.softmax(-1);
      scores = projW.call(scores.permute(0, 2, 3, 1)).permute(0, 3, 1, 2);
      scores = attnDrop.call(scores);
      Tensor y = scores.at(v).transpose(1, 2).reshape(batch, length, x.size(2));
      return projDrop.call(proj.call(y));
    }
  }

  /** Changes the class token only, of which the MLP is, too. */
  private static final class ClassBlock extends Module {
    private final Parameter gamma1;
    private final Parameter gamma2;
    private final LayerNorm norm1;
    private final ClassAttention attn;
    private final Identity dropPath;
    private final LayerNorm norm2;
    private final TimmMlp mlp;

    ClassBlock(int width) {
      super(CLASS_BLOCK);
      gamma1 = parameter("gamma_1", width);
      gamma2 = parameter("gamma_2", width);
      norm1 = child("norm1", norm(width));
      attn = child("attn", new ClassAttention(width));
      dropPath = child("drop_path", new Identity());
      norm2 = child("norm2", norm(width));
      mlp = child("mlp", new TimmMlp(width, 4 * width));
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor cls = inputs[1];
      Tensor all = Torch.cat(1, cls, inputs[0]);
      Tensor y = cls.plus(dropPath.call(gamma1.times(attn.call(norm1.call(all)))));
      y = y.plus(dropPath.call(gamma2.times(mlp.call(norm2.call(y)))));
      return new Tensor[] {y};
    }
  }

  /** One query, the class token's. */
  private static final class ClassAttention extends Module {
    private final Linear q;
    private final Linear k;
    private final Linear v;
    private final Linear proj;
    private final Dropout projDrop;

    ClassAttention(int width) {
      super(CLASS_ATTENTION);
      q = child("q", new Linear(width, width));
      k = child("k", new Linear(width, width));
      v = child("v", new Linear(width, width));
      child("attn_drop", Dropout.dropout().p(0));
      proj = child("proj", new Linear(width, width));
      projDrop = child("proj_drop", Dropout.dropout().p(0));
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      Tensor query = q.call(x.get(1, 0)).unsqueeze(1);
      Tensor y =
          Attention.scaledDotProduct(split(query), split(k.call(x)), split(v.call(x)), false);
      y = y.transpose(1, 2).reshape(batch, 1, x.size(2));
      return projDrop.call(proj.call(y));
    }

    private static Tensor split(Tensor x) {
      return x.reshape(x.size(0), x.size(1), -1, HEAD).permute(0, 2, 1, 3);
    }
  }
}
