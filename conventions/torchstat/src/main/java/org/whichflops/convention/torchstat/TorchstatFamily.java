package org.whichflops.convention.torchstat;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Counter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/** torchstat, and ceykmc's pytorch_model_summary, which it was made of. */
public final class TorchstatFamily implements ConventionFamily {
  private static final String TORCHSTAT =
      "github.com/Swall0w/torchstat, commit b52a3b0 (2018-11-02), on torch 2.6";

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("torchstat") || id.startsWith("ceykmc");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            torchstat(
                "torchstat",
                "FLOPs",
                "leaf modules of one image, whatever the batch: multiply-accumulates, a "
                    + "convolution's bias, 2 an element of a batch norm, 1 of a ReLU or pool"),
            Mode.CPU_GRAD,
            () -> FlopsRules.TABLE,
            (network, rules) -> counter(network, rules, true)),
        TableConvention.of(
            torchstat(
                "torchstat-madd",
                "MAdd",
                "leaf modules of one image, whatever the batch: multiplications and additions, "
                    + "4 an element of a batch norm; adaptive pools are missing"),
            Mode.CPU_GRAD,
            () -> MaddRules.TABLE,
            (network, rules) -> counter(network, rules, true)),
        TableConvention.of(
                new About(
                    "ceykmc-madd",
                    "pytorch_model_summary (ceykmc)",
                    "1a8860a",
                    "MAdd",
                    "as torchstat-madd, and adaptive average pools as in its published table",
                    "github.com/ceykmc/pytorch_model_summary, commit 1a8860a (2018-10-25)"),
                Mode.CPU_GRAD,
                () -> MaddRules.TABLE.and(RuleTable.of(MaddRules.ADAPTIVE_AS_AVERAGE)),
                (network, rules) -> counter(network, rules, false))
            .option(
                new Choice(
                    "adaptive_pool",
                    "average|none",
                    "whether an adaptive average pool counts as the nn.AvgPool2d that torchvision "
                        + "had in its place, or nothing, as for the tool's code",
                    (convention, value) ->
                        value.equals("none")
                            ? convention.rules(() -> MaddRules.TABLE)
                            : convention)));
  }

  @Override
  public List<SummaryStyle> styles() {
    return List.of(new TorchstatView());
  }

  private static About torchstat(String id, String quantity, String summary) {
    return new About(id, "torchstat", "b52a3b0", quantity, summary, TORCHSTAT);
  }

  private static Counter counter(Network network, RuleTable rules, boolean memory) {
    LeafChecks checks = new LeafChecks(network, memory);
    return new ImageCounter(new OneImage(network), new LeafCounter(network, rules, checks));
  }
}
