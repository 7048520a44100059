package org.whichflops.convention.deepspeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;
import org.whichflops.golden.RecordedLayer;
import org.whichflops.golden.RecordedLayers;

/** Holds the conventions of DeepSpeed and calflops against what the tools returned. */
class DeepSpeedGoldenTest extends GoldenConventionTest {
  private static final Map<String, RuleTable> MACS =
      Map.of("deepspeed", DeepSpeedRules.MACS, "calflops", CalflopsRules.MACS);

  DeepSpeedGoldenTest() {
    super(
        new DeepSpeedFamily(),
        "deepspeed",
        "deepspeed(grad=false)",
        "deepspeed-macs",
        "deepspeed-macs(grad=false)",
        "calflops",
        "calflops(grad=false)",
        "calflops-macs",
        "calflops-macs(grad=false)");
  }

  /** The tools hold a pair and the parameters for every module, all below it included. */
  @Override
  protected void compareLayers(
      Convention convention, Network network, ForwardPass pass, RecordedLayers recorded) {
    String tool = convention.about().tool();
    ModuleSums flops = sums(network, pass, convention.rules());
    ModuleSums macs = sums(network, pass, MACS.get(tool));
    boolean trainableOnly = tool.equals("calflops");
    assertThat(network.modules())
        .extracting(
            network::path,
            module -> String.valueOf(flops.of(module)),
            module -> "macs=" + macs.of(module),
            module -> String.valueOf(Network.parametersOf(module, trainableOnly)))
        .containsExactlyElementsOf(
            recorded.layers().stream().map(DeepSpeedGoldenTest::expected).toList());
  }

  private static org.assertj.core.groups.Tuple expected(RecordedLayer layer) {
    return org.assertj.core.groups.Tuple.tuple(
        layer.path(), layer.count(), layer.note(), layer.params());
  }

  private static ModuleSums sums(Network network, ForwardPass pass, RuleTable rules) {
    return new ModuleSums(network, pass, rules, new ProfilerCounter(network, rules).tally(pass));
  }
}
