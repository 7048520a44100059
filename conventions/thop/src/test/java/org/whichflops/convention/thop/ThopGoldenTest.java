package org.whichflops.convention.thop;

import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of thop against what thop returned. */
class ThopGoldenTest extends GoldenConventionTest {
  ThopGoldenTest() {
    super(new ThopFamily(), "thop");
  }
}
