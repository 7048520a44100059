package org.whichflops.convention.torchinfo;

import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of torchinfo against what torchinfo returned. */
class TorchinfoGoldenTest extends GoldenConventionTest {
  TorchinfoGoldenTest() {
    super(new TorchinfoFamily(), "torchinfo", "torchinfo-master");
  }

  /** Every row in the order of calls, those of containers too, whose macs are not added up. */
  @Override
  protected List<Held> held(Convention convention, Network network, ForwardPass pass) {
    return Rows.of(network, pass, Recorded.version(convention.about().id())).stream()
        .map(row -> new Held(row.path(), row.macs()))
        .toList();
  }
}
