package org.whichflops.convention.deepspeed;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** DeepSpeed's flops profiler and calflops, which was made of it. */
public final class DeepSpeedFamily implements ConventionFamily {
  private static final String FLOPS =
      "calls of patched functions: 2 a multiply-accumulate, a convolution's bias, 2 an element of "
          + "a batch norm, 1 of a ReLU or pooling; ";
  private static final String MACS =
      "calls of patched functions: multiply-accumulates of layers and matrix products; ";
  private static final String OPERATOR_SEEN = "x @ y and attention are seen";
  private static final String OPERATOR_MISSED = "x @ y, bmm and attention are not seen";

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("deepspeed") || id.startsWith("calflops");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
                deepSpeed("deepspeed", "FLOPs", FLOPS + OPERATOR_SEEN),
                Mode.CPU_GRAD,
                () -> DeepSpeedRules.FLOPS,
                ProfilerCounter::new)
            .modeAsOption(),
        TableConvention.of(
                deepSpeed("deepspeed-macs", "MACs", MACS + OPERATOR_SEEN),
                Mode.CPU_GRAD,
                () -> DeepSpeedRules.MACS,
                ProfilerCounter::new)
            .modeAsOption(),
        TableConvention.of(
                calflops("calflops", "FLOPs", FLOPS + OPERATOR_MISSED),
                Mode.CPU_GRAD,
                () -> CalflopsRules.FLOPS,
                CalflopsCounter::new)
            .modeAsOption(),
        TableConvention.of(
                calflops("calflops-macs", "MACs", MACS + OPERATOR_MISSED),
                Mode.CPU_GRAD,
                () -> CalflopsRules.MACS,
                CalflopsCounter::new)
            .modeAsOption());
  }

  @Override
  public List<SummaryStyle> styles() {
    return List.of(new DeepSpeedView(), new CalflopsView());
  }

  private static About deepSpeed(String id, String quantity, String summary) {
    return new About(
        id,
        "deepspeed",
        "master",
        quantity,
        summary,
        "github.com/deepspeedai/DeepSpeed, commit edaa722 (2026-08-22), "
            + "deepspeed/profiling/flops_profiler/profiler.py");
  }

  private static About calflops(String id, String quantity, String summary) {
    return new About(
        id,
        "calflops",
        "29ca584",
        quantity,
        summary,
        "github.com/MrYxJ/calculate-flops.pytorch, commit 29ca584 (2024-03-01), "
            + "calflops/pytorch_ops.py");
  }
}
