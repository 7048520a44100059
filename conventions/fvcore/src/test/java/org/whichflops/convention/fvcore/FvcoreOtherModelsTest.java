package org.whichflops.convention.fvcore;

import org.whichflops.golden.GoldenOtherModelsTest;

/** Segmentation and video models. */
class FvcoreOtherModelsTest extends GoldenOtherModelsTest {
  FvcoreOtherModelsTest() {
    super(new FvcoreFamily(), "fvcore");
  }
}
