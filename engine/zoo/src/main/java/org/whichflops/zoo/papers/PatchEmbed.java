package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Conv.conv2d;

import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Tensor;

/** timm's {@code PatchEmbed}: an image of one size becomes a row of patches. */
final class PatchEmbed extends Module {
  private static final ModuleType TYPE = ModuleType.of("timm.layers.patch_embed.PatchEmbed");

  private final int imageSize;
  private final int patch;
  private final Conv proj;
  private final Identity norm;

  PatchEmbed(int imageSize, int patch, int width) {
    super(TYPE);
    if (imageSize < patch) {
      throw new IllegalArgumentException(
          "img_size is at least the patch size %d, but it is %d".formatted(patch, imageSize));
    }
    this.imageSize = imageSize;
    this.patch = patch;
    proj = child("proj", conv2d(3, width, patch).stride(patch));
    norm = child("norm", new Identity());
  }

  /** The number of patches of an image. */
  int patches() {
    int side = imageSize / patch;
    return Math.multiplyExact(side, side);
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (x.rank() != 4 || x.size(2) != imageSize || x.size(3) != imageSize) {
      throw new ShapeException(
          "images of %dx%d are expected (option img_size) but the input is %s"
              .formatted(imageSize, imageSize, x));
    }
    return norm.call(proj.call(x).flatten(2).transpose(1, 2));
  }
}
