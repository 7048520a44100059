package org.whichflops.convention.deepspeed;

import java.io.IOException;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleRepr;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * What {@code calculate_flops(model, input_shape)} prints (calculate_pipline.py:299-384), and an
 * empty line, as its text was recorded.
 */
final class CalflopsView implements SummaryStyle {
  /** Forward, and backward twice as much. */
  private static final double WITH_BACKWARD = 3.0;

  private static final String HEAD =
      """

      ------------------------------------- Calculate Flops Results -------------------------------------
      Notations:
      number of parameters (Params), number of multiply-accumulate operations(MACs),
      number of floating-point operations (FLOPs), floating-point operations per second (FLOPS),
      fwd FLOPs (model forward propagation FLOPs), bwd FLOPs (model backward propagation FLOPs),
      default model backpropagation takes 2.00 times as much computation as forward propagation.

      """;

  private static final String NOTES =
      """

      -------------------------------- Detailed Calculated FLOPs Results --------------------------------
      Each module caculated is listed after its name in the following order:\s
      params, percentage of total params, MACs, percentage of total MACs, FLOPS, percentage of total FLOPs

      Note: 1. A module can have torch.nn.module or torch.nn.functional to compute logits (e.g. CrossEntropyLoss).\s
       They are not counted as submodules in calflops and not to be printed out. However they make up the difference between a parent's MACs and the sum of its submodules'.
      2. Number of floating-point operations is a theoretical estimation, thus FLOPS computed using that could be larger than the maximum system throughput.

      """;

  private static final String FOOT = "-".repeat(99) + "\n\n";

  @Override
  public String id() {
    return "calflops";
  }

  @Override
  public String source() {
    return "calflops 29ca584: calculate_flops(model, input_shape=x.shape)";
  }

  @Override
  public Mode mode() {
    return Mode.CPU_GRAD;
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    Tally flops = new CalflopsCounter(network, CalflopsRules.FLOPS).tally(pass);
    Tally macs = new CalflopsCounter(network, CalflopsRules.MACS).tally(pass);
    out.append(HEAD);
    out.append(line("Total Training Params: ", ProfilerText.params(flops.parameters())));
    out.append(line("fwd MACs: ", ProfilerText.macs(macs.total())));
    out.append(line("fwd FLOPs: ", ProfilerText.flops(flops.total())));
    out.append(line("fwd+bwd MACs: ", withBackward(macs.total()) + "MACs"));
    out.append(line("fwd+bwd FLOPs: ", withBackward(flops.total()) + "FLOPS"));
    out.append(NOTES);
    ModuleSums flopsOf = new ModuleSums(network, pass, CalflopsRules.FLOPS, flops);
    ModuleSums macsOf = new ModuleSums(network, pass, CalflopsRules.MACS, macs);
    out.append(
        ModuleRepr.of(
            network.root(),
            module -> counts(module, flops, flopsOf.of(module), macs, macsOf.of(module))));
    out.append('\n').append(FOOT);
  }

  private static String withBackward(long forward) {
    return ProfilerText.number(forward * WITH_BACKWARD);
  }

  private static String line(String name, String value) {
    return ProfilerText.line(name, value);
  }

  /** The share of FLOPs is that of MACs in all FLOPs: a slip of the tool's, line 350. */
  private static String counts(Module module, Tally flops, long own, Tally macs, long ownMacs) {
    long params = Network.parametersOf(module, true);
    String counts =
        "%s = %s%% Params, %s = %s%% MACs, %s = %s%% FLOPs"
            .formatted(
                ProfilerText.params(params),
                ProfilerText.percent(params, flops.parameters()),
                ProfilerText.macs(ownMacs),
                ProfilerText.percent(ownMacs, macs.total()),
                ProfilerText.flops(own),
                ProfilerText.percent(ownMacs, flops.total()));
    return module.extraRepr().isEmpty() ? counts : counts + ", " + module.extraRepr();
  }
}
