package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.MultiheadAttention;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.ops.Mlp;

/**
 * ViT, "An Image is Worth 16x16 Words" (Dosovitskiy et al., arXiv 2010.11929, table 1); follows
 * torchvision 0.21, models/vision_transformer.py.
 *
 * <p>Positions have learnt embeddings, so a network takes images of its own size only.
 */
public final class VisionTransformer extends Module {
  private static final String MODULE = "torchvision.models.vision_transformer.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "VisionTransformer");
  private static final ModuleType ENCODER = ModuleType.of(MODULE + "Encoder");
  private static final ModuleType ENCODER_BLOCK = ModuleType.of(MODULE + "EncoderBlock");
  private static final ModuleType MLP_BLOCK = Mlp.TYPE.subclass(MODULE + "MLPBlock");

  private static final Option<Integer> IMAGE_SIZE =
      Option.count("image_size", 224, "side of the images, a multiple of the patch size");

  /** Table 1 of the paper: layers, hidden size D, MLP size and heads. */
  private record Size(int layers, int width, int hidden, int heads) {}

  private static final Size BASE = new Size(12, 768, 3072, 12);
  private static final Size LARGE = new Size(24, 1024, 4096, 16);
  private static final Size HUGE = new Size(32, 1280, 5120, 16);

  /** The paper's sizes, with the side of a patch at the end of the name. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          vit("vit_b_16", BASE, 16),
          vit("vit_b_32", BASE, 32),
          vit("vit_l_16", LARGE, 16),
          vit("vit_l_32", LARGE, 32),
          vit("vit_h_14", HUGE, 14));

  private static Architecture vit(String name, Size size, int patch) {
    return Architecture.named(
            name,
            "ViT",
            "Dosovitskiy et al. 2020, arXiv 2010.11929, table 1; torchvision 0.21",
            InputSize.image(224))
        .input(settings -> imagesOf(settings.get(IMAGE_SIZE)))
        .options(IMAGE_SIZE, NUM_CLASSES)
        .remark("takes images of its image_size only")
        .builtBy(
            settings ->
                new VisionTransformer(
                    settings.get(IMAGE_SIZE), patch, size, settings.get(NUM_CLASSES)));
  }

  private static InputSize imagesOf(int side) {
    return InputSize.fixed(1, 3, side, side);
  }

  private final int imageSize;
  private final int width;
  private final Parameter classToken;
  private final Conv convProj;
  private final Encoder encoder;
  private final Sequential heads;

  private VisionTransformer(int imageSize, int patch, Size size, int numClasses) {
    super(TYPE);
    if (imageSize % patch != 0) {
      throw new IllegalArgumentException(
          "image_size is a multiple of the patch size %d, but it is %d"
              .formatted(patch, imageSize));
    }
    this.imageSize = imageSize;
    width = size.width();
    long patches = imageSize / patch;
    classToken = parameter("class_token", 1, 1, width);
    convProj = child("conv_proj", conv2d(3, width, patch).stride(patch));
    encoder = child("encoder", new Encoder(patches * patches + 1, size));
    heads = child("heads", new Sequential().add("head", new Linear(width, numClasses)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (x.rank() != 4 || x.size(2) != imageSize || x.size(3) != imageSize) {
      throw new ShapeException(
          "images of %dx%d are expected (option image_size) but the input is %s"
              .formatted(imageSize, imageSize, x));
    }
    long batch = x.size(0);
    Tensor y = convProj.call(x);
    y = y.reshape(batch, width, y.size(2) * y.size(3));
    y = y.permute(0, 2, 1);
    Tensor token = classToken.on(x).expand(batch, -1, -1);
    y = Torch.cat(1, token, y);
    y = encoder.call(y);
    y = y.get(1, 0);
    return heads.call(y);
  }

  /** Position embeddings, the blocks, and a last normalization. */
  private static final class Encoder extends Module {
    private final Parameter posEmbedding;
    private final Dropout dropout;
    private final Sequential layers;
    private final LayerNorm ln;

    Encoder(long positions, Size size) {
      super(ENCODER);
      posEmbedding = parameter("pos_embedding", 1, positions, size.width());
      dropout = child("dropout", Dropout.dropout().p(0));
      Sequential blocks = new Sequential();
      for (int i = 0; i < size.layers(); i++) {
        blocks.add("encoder_layer_" + i, new EncoderBlock(size));
      }
      layers = child("layers", blocks);
      ln = child("ln", new LayerNorm(size.width()).eps(1e-6));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.plus(posEmbedding);
      return ln.call(layers.call(dropout.call(y)));
    }
  }

  /** Figure 1 of the paper: attention and MLP, each normalized before and added to its input. */
  private static final class EncoderBlock extends Module {
    private final LayerNorm ln1;
    private final MultiheadAttention selfAttention;
    private final Dropout dropout;
    private final LayerNorm ln2;
    private final Mlp mlp;

    EncoderBlock(Size size) {
      super(ENCODER_BLOCK);
      int width = size.width();
      ln1 = child("ln_1", new LayerNorm(width).eps(1e-6));
      selfAttention =
          child(
              "self_attention",
              new MultiheadAttention(width, size.heads()).batchFirst().withoutWeights());
      dropout = child("dropout", Dropout.dropout().p(0));
      ln2 = child("ln_2", new LayerNorm(width).eps(1e-6));
      mlp = child("mlp", new Mlp(MLP_BLOCK, width, size.hidden(), width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = ln1.call(x);
      y = selfAttention.call(y, y, y)[0];
      y = dropout.call(y);
      y = y.plus(x);
      Tensor z = ln2.call(y);
      z = mlp.call(z);
      return y.plus(z);
    }
  }
}
