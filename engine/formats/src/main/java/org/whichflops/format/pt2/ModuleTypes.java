package org.whichflops.format.pt2;

import java.util.Map;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;

/**
 * Classes by their qualified names. A file has no base classes; of those that are widely used they
 * are known.
 */
final class ModuleTypes {
  /** The class of a module that the file has no node of. */
  static final ModuleType UNKNOWN = ModuleType.of("unknown");

  private static final Map<String, ModuleType> DERIVED =
      Map.ofEntries(
          sequential("torchvision.ops.misc.Conv2dNormActivation"),
          sequential("torchvision.ops.misc.Conv3dNormActivation"),
          sequential("torchvision.ops.misc.ConvNormActivation"),
          sequential("torchvision.ops.misc.MLP"),
          sequential("torchvision.models.densenet._DenseBlock"),
          sequential("torchvision.models.densenet._Transition"),
          sequential("torchvision.models.segmentation.deeplabv3.ASPPConv"),
          sequential("torchvision.models.segmentation.deeplabv3.ASPPPooling"),
          sequential("torchvision.models.segmentation.deeplabv3.DeepLabHead"),
          sequential("torchvision.models.segmentation.fcn.FCNHead"),
          Map.entry(
              Linear.NON_DYNAMICALLY_QUANTIZABLE.qualifiedName(),
              Linear.NON_DYNAMICALLY_QUANTIZABLE));

  private ModuleTypes() {}

  private static Map.Entry<String, ModuleType> sequential(String name) {
    return Map.entry(name, Sequential.TYPE.subclass(name));
  }

  /** The class of a name. */
  static ModuleType of(String qualifiedName) {
    if (qualifiedName.isEmpty()) {
      return UNKNOWN;
    }
    ModuleType derived = DERIVED.get(qualifiedName);
    return derived != null ? derived : ModuleType.of(qualifiedName);
  }
}
