package org.whichflops.convention.torchstat;

import java.util.Map;
import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of torchstat against what torchstat returned. */
class TorchstatGoldenTest extends GoldenConventionTest {
  TorchstatGoldenTest() {
    super(new TorchstatFamily(), "torchstat", "torchstat-madd");
  }

  /** {@link LeafHabitsTest} holds both against runs of their own. */
  @Override
  protected Map<String, String> recordedOtherwise() {
    String cause =
        "the recording ran shufflenet_v2_x1_0 before it in the same process, whose empty "
            + "nn.Sequential left that class replaced: an assertion then failed for every class "
            + "derived from it";
    return Map.of("efficientnet_b0", cause, "regnet_y_400mf", cause);
  }
}
