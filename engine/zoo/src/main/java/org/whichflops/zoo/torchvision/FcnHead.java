package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;

import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;

/** {@code FCNHead}: a 3x3 to a quarter of the channels, and a classifier of every position. */
final class FcnHead extends Sequential {
  private static final ModuleType TYPE =
      Sequential.TYPE.subclass("torchvision.models.segmentation.fcn.FCNHead");

  FcnHead(int in, int classes) {
    super(
        TYPE,
        conv2d(in, in / 4, 3).padding(1).noBias(),
        batchNorm2d(in / 4),
        relu(),
        dropout().p(0.1),
        conv2d(in / 4, classes, 1));
  }
}
