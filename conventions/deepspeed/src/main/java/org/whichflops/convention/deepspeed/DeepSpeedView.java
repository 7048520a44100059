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
 * What {@code get_model_profile(model, input_shape)} prints (profiler.py:286-513), and an empty
 * line, as its text was recorded.
 *
 * <p>Latencies, and speeds and shares that follow from them, are a machine's and not a network's:
 * where the profiler prints one stands {@link AggregatedProfile#UNKNOWN}. What takes no time or
 * counts nothing is known to be 0.
 */
final class DeepSpeedView implements SummaryStyle {
  private static final String HEAD =
      """

      -------------------------- DeepSpeed Flops Profiler --------------------------
      Profile Summary at step 1:
      Notations:
      data parallel size (dp_size), model parallel size(mp_size),
      number of parameters (params), number of multiply-accumulate operations(MACs),
      number of floating-point operations (flops), floating-point operations per second (FLOPS),
      fwd latency (forward propagation latency), bwd latency (backward propagation latency),
      step (weights update latency), iter latency (sum of fwd, bwd and step latency)

      """;

  private static final String NOTES =
      """

      ------------------------------ Detailed Profile per GPU ------------------------------
      Each module profile is listed after its name in the following order:\s
      params, percentage of total params, MACs, percentage of total MACs, fwd latency, percentage of total fwd latency, fwd FLOPS

      Note: 1. A module can have torch.nn.module or torch.nn.functional to compute logits (e.g. CrossEntropyLoss). They are not counted as submodules, thus not to be printed out. However they make up the difference between a parent's MACs (or latency) and the sum of its submodules'.
      2. Number of floating-point operations is a theoretical estimation, thus FLOPS computed using that could be larger than the maximum system throughput.
      3. The fwd latency listed in the top module's profile is directly captured at the module forward function in PyTorch, thus it's less than the fwd latency shown above which is captured in DeepSpeed.

      """;

  private static final String FOOT = "-".repeat(78) + "\n\n";

  @Override
  public String id() {
    return "deepspeed";
  }

  @Override
  public String source() {
    return "DeepSpeed edaa722: get_model_profile(model, input_shape=x.shape); latencies and speeds, "
        + "which are a machine's, are n/a";
  }

  @Override
  public Mode mode() {
    return Mode.CPU_GRAD;
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    Tally flops = new ProfilerCounter(network, DeepSpeedRules.FLOPS).tally(pass);
    Tally macs = new ProfilerCounter(network, DeepSpeedRules.MACS).tally(pass);
    ModuleSums flopsOf = new ModuleSums(network, pass, DeepSpeedRules.FLOPS, flops);
    ModuleSums macsOf = new ModuleSums(network, pass, DeepSpeedRules.MACS, macs);
    String total = ProfilerText.number((double) flops.total());
    String unknown = AggregatedProfile.UNKNOWN;
    out.append(HEAD);
    out.append(line("params per GPU: ", ProfilerText.params(flops.parameters())));
    // no engine, no model-parallel size: this is 0 in the tool as well, profiler.py:315
    out.append(line("params of model = params per GPU * mp_size: ", ProfilerText.params(0)));
    out.append(line("fwd MACs per GPU: ", ProfilerText.macs(macs.total())));
    out.append(line("fwd flops per GPU: ", total));
    out.append(line("fwd flops of model = fwd flops per GPU * mp_size: ", total));
    out.append(line("fwd latency: ", unknown));
    out.append(line("fwd FLOPS per GPU = fwd flops per GPU / fwd latency: ", unknown));
    out.append(AggregatedProfile.of(network.root(), macsOf));
    out.append(NOTES);
    Latencies latencies = new Latencies(network, pass);
    String modules =
        ModuleRepr.of(
            network.root(),
            module ->
                counts(
                    module,
                    flops.parameters(),
                    macsOf.of(module),
                    macs.total(),
                    latencies.text(module, flopsOf.of(module))));
    out.append(Latencies.unmarked(modules));
    out.append('\n').append(FOOT);
  }

  private static String line(String name, String value) {
    return ProfilerText.line(name, value);
  }

  private static String counts(
      Module module, long allParams, long macs, long allMacs, String latency) {
    long params = module.parameterCount();
    String counts =
        "%s = %s%% Params, %s = %s%% MACs, %s"
            .formatted(
                ProfilerText.params(params),
                ProfilerText.percent(params, allParams),
                ProfilerText.macs(macs),
                ProfilerText.percent(macs, allMacs),
                latency);
    return module.extraRepr().isEmpty() ? counts : counts + ", " + module.extraRepr();
  }
}
