package org.whichflops.convention.thop;

import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of thop against what thop returned. */
class ThopGoldenTest extends GoldenConventionTest {
  ThopGoldenTest() {
    super(new ThopFamily(), "thop", "thop-0.1.1-2207", "thop-0.1.0", "thop-0.0.31");
  }
}
