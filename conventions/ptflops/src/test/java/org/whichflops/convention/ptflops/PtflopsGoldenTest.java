package org.whichflops.convention.ptflops;

import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of ptflops against what ptflops returned. */
class PtflopsGoldenTest extends GoldenConventionTest {
  PtflopsGoldenTest() {
    super(new PtflopsFamily(), "ptflops", "ptflops(grad=false)");
  }
}
