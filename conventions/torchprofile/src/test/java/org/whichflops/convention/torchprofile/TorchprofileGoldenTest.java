package org.whichflops.convention.torchprofile;

import java.util.HashMap;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;

/** Holds torchprofile's convention against what torchprofile returned. */
class TorchprofileGoldenTest extends GoldenConventionTest {
  TorchprofileGoldenTest() {
    super(new TorchprofileFamily(), "torchprofile");
  }

  /** By node, of the whole model; what Python computes with sizes are mul nodes, if it does. */
  @Override
  protected Map<String, Map<String, Long>> operators(
      Convention convention, Network network, ForwardPass pass) {
    Map<String, Long> counts = new HashMap<>();
    for (Tally.Line line : convention.counter(network).tally(pass).lines()) {
      Callee callee = pass.call(line.call()).callee();
      if (callee.kind() == Callee.Kind.OPERATOR || line.amount() > 0) {
        counts.merge(node(callee), line.amount(), Math::addExact);
      }
    }
    return Map.of("", counts);
  }

  private static String node(Callee callee) {
    return callee.kind() == Callee.Kind.OPERATOR
        ? callee.key().replace("aten.convolution", "aten._convolution").replace("aten.", "aten::")
        : "aten::mul";
  }
}
