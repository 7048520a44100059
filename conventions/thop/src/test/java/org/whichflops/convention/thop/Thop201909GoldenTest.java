package org.whichflops.convention.thop;

import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;

/** Holds the convention of thop as of September 2019 against what that returned. */
class Thop201909GoldenTest extends GoldenConventionTest {
  Thop201909GoldenTest() {
    super(new ThopFamily(), "thop-2019-09");
  }

  /** Its buffers, which are float32. */
  @Override
  protected List<Held> held(Convention convention, Network network, ForwardPass pass) {
    Thop201909Counter counter = (Thop201909Counter) convention.counter(network);
    return network.modules().stream()
        .map(module -> new Held(network.path(module), counter.held(pass, module)))
        .toList();
  }
}
