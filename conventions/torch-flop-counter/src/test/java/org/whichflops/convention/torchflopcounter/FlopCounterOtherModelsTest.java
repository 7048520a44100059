package org.whichflops.convention.torchflopcounter;

import org.whichflops.golden.GoldenOtherModelsTest;

/** Segmentation and video models. */
class FlopCounterOtherModelsTest extends GoldenOtherModelsTest {
  FlopCounterOtherModelsTest() {
    super(
        new TorchFlopCounterFamily(),
        "torch-flop-counter",
        "torch-flop-counter(device=cpu,grad=false)",
        "torch-flop-counter(device=cpu,grad=true)");
  }
}
