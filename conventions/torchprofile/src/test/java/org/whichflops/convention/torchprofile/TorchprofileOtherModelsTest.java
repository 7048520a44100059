package org.whichflops.convention.torchprofile;

import org.whichflops.golden.GoldenOtherModelsTest;

/** Segmentation and video models. */
class TorchprofileOtherModelsTest extends GoldenOtherModelsTest {
  TorchprofileOtherModelsTest() {
    super(new TorchprofileFamily(), "torchprofile");
  }
}
