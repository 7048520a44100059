package org.whichflops.convention.ptflops;

import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of ptflops against what ptflops returned. */
class PtflopsGoldenTest extends GoldenConventionTest {
  PtflopsGoldenTest() {
    super(
        new PtflopsFamily(),
        "ptflops",
        "ptflops(grad=false)",
        "ptflops-0.7.4",
        "ptflops-0.7.2.2",
        "ptflops-0.7.2.2(grad=false)",
        "ptflops-0.7.1",
        "ptflops-0.7",
        "ptflops-0.7(grad=false)",
        "ptflops-0.6.9",
        "ptflops-0.6.8",
        "ptflops-0.6.7",
        "ptflops-0.6.6",
        "ptflops-0.6.4",
        "ptflops-0.5.2",
        "ptflops-0.4",
        "ptflops-aten",
        "ptflops-aten(grad=false)",
        "ptflops-aten(device=meta)");
  }
}
