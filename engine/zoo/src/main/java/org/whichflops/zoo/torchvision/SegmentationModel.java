package org.whichflops.zoo.torchvision;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Option;

/**
 * {@code _SimpleSegmentationModel}: a backbone, a head that classifies every position, and an
 * interpolation back to the input's resolution. An auxiliary head for training runs in evaluation
 * too, where there is one.
 */
final class SegmentationModel extends Module {
  private static final String MODULE = "torchvision.models.segmentation.";

  /** The class that FCN and DeepLabV3 are derived from. */
  private static final ModuleType TYPE = ModuleType.of(MODULE + "_utils._SimpleSegmentationModel");

  /** The classes of Pascal VOC with the background. */
  static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 21, "classes of a position, the background among them");

  /** The auxiliary head is left out unless asked for, as in the constructors. */
  static final Option<Boolean> AUX_LOSS =
      Option.flag("aux_loss", false, "add the auxiliary head, which published weights have");

  /** Blocks of ResNet-50. */
  static final int[] RESNET_50 = {3, 4, 6, 3};

  /** Blocks of ResNet-101. */
  static final int[] RESNET_101 = {3, 4, 23, 3};

  private final IntermediateLayerGetter backbone;
  private final Module classifier;
  private final @Nullable Module auxClassifier;

  /**
   * A model of the given parts.
   *
   * @param file the file of the class in torchvision's folder, and the class
   * @param backbone returns what the auxiliary head needs, if there is one, and the last map
   */
  SegmentationModel(
      String file,
      IntermediateLayerGetter backbone,
      Module classifier,
      @Nullable Module auxClassifier) {
    super(TYPE.subclass(MODULE + file));
    this.backbone = child("backbone", backbone);
    this.classifier = child("classifier", classifier);
    this.auxClassifier = auxClassifier == null ? null : child("aux_classifier", auxClassifier);
  }

  /** A dilated ResNet that returns its last stage, before it the one below if it is needed. */
  static IntermediateLayerGetter resNet(int[] blocks, boolean auxiliary) {
    return new IntermediateLayerGetter(
        ResNet.dilated(blocks), auxiliary ? List.of("layer3", "layer4") : List.of("layer4"));
  }

  /** Returns a dict. */
  @Override
  public boolean returnsDict() {
    return true;
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    Tensor x = inputs[0];
    Tensor[] features = backbone.call(new Tensor[] {x});
    Tensor out = likeInput(classifier.call(features[features.length - 1]), x);
    if (auxClassifier == null) {
      return new Tensor[] {out};
    }
    return new Tensor[] {out, likeInput(auxClassifier.call(features[0]), x)};
  }

  /** Interpolates to another tensor's height and width. */
  static Tensor likeInput(Tensor x, Tensor input) {
    return F.interpolate(
        x, InterpolationArguments.toSize(Interpolation.BILINEAR, input.size(-2), input.size(-1)));
  }
}
