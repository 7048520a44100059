package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.gelu;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
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
 * The isotropic ConvNeXts of "A ConvNet for the 2020s" (Liu et al., arXiv 2201.03545, section 3.3
 * and table 2): a ViT's patches, ConvNeXt's blocks at one resolution, without layer scale; follows
 * facebookresearch/ConvNeXt, models/convnext_isotropic.py.
 */
public final class ConvNeXtIsotropic extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("models.convnext_isotropic.ConvNeXtIsotropic");
  private static final ModuleType BLOCK = ModuleType.of("models.convnext.Block");
  private static final ModuleType NORM = LayerNorm.TYPE.subclass("models.convnext.LayerNorm");

  private static final int PATCH = 16;

  /** Section 3.3 of the paper: blocks and width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          isotropic("convnext_isotropic_small", 18, 384),
          isotropic("convnext_isotropic_base", 18, 768),
          isotropic("convnext_isotropic_large", 36, 1024));

  private static Architecture isotropic(String name, int depth, int width) {
    return Architecture.named(
            name,
            "ConvNeXt",
            "Liu et al. 2022, arXiv 2201.03545, section 3.3; facebookresearch/ConvNeXt",
            InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(settings -> new ConvNeXtIsotropic(depth, width, settings.get(NUM_CLASSES)));
  }

  private final Conv stem;
  private final Sequential blocks;
  private final LayerNorm norm;
  private final Linear head;

  private ConvNeXtIsotropic(int depth, int width, int numClasses) {
    super(TYPE);
    stem = child("stem", conv2d(3, width, PATCH).stride(PATCH));
    blocks = child("blocks", new Sequential());
    for (int i = 0; i < depth; i++) {
      blocks.add(new Block(width));
    }
    norm = child("norm", norm(width));
    head = child("head", new Linear(width, numClasses));
  }

  private static LayerNorm norm(int width) {
    return new LayerNorm(width).eps(1e-6).as(NORM);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = stem.call(x);
    y = blocks.call(y);
    y = norm.call(y.mean(-2, -1));
    return head.call(y);
  }

  /** A 7x7 depthwise convolution, then two linear layers a position. */
  private static final class Block extends Module {
    private final Conv dwconv;
    private final LayerNorm norm;
    private final Linear pwconv1;
    private final Activation act;
    private final Linear pwconv2;
    private final Identity dropPath;

    Block(int width) {
      super(BLOCK);
      dwconv = child("dwconv", conv2d(width, width, 7).padding(3).groups(width));
      norm = child("norm", norm(width));
      pwconv1 = child("pwconv1", new Linear(width, 4 * width));
      act = child("act", gelu());
      pwconv2 = child("pwconv2", new Linear(4 * width, width));
      dropPath = child("drop_path", new Identity());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = dwconv.call(x);
      y = norm.call(y.permute(0, 2, 3, 1));
      y = pwconv2.call(act.call(pwconv1.call(y)));
      return x.plus(dropPath.call(y.permute(0, 3, 1, 2)));
    }
  }
}
