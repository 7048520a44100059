package org.whichflops.convention.torchflopcounter;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** PyTorch's own {@code torch.utils.flop_counter.FlopCounterMode}. */
public final class TorchFlopCounterFamily implements ConventionFamily {
  private static final int DEFAULT_DEPTH = 2;
  private static final int ALL = 999;

  private static TableConvention counter() {
    return TableConvention.of(
            new About(
                "torch-flop-counter",
                "FlopCounterMode",
                "torch2.6.0",
                "FLOPs",
                "operators as they reach the device: two a multiply-accumulate of convolutions and "
                    + "matrix products, nothing else",
                "github.com/pytorch/pytorch, tag v2.6.0, torch/utils/flop_counter.py; run on the "
                    + "meta device, where attention falls apart into products"),
            Mode.DECOMPOSED,
            () -> FlopCounterRules.RULES,
            FlopCounter::new)
        .modeAsOption();
  }

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("torch-flop-counter");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(counter());
  }

  @Override
  public List<SummaryStyle> styles() {
    Convention cpu = counter().mode(Mode.CPU_NO_GRAD);
    return List.of(
        new FlopCounterTable("torch-flop-counter", cpu, DEFAULT_DEPTH),
        new FlopCounterTable("torch-flop-counter/get_table_depth999", cpu, ALL));
  }
}
