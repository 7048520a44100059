package org.whichflops.convention.ptflops;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** ptflops, also called flops-counter.pytorch. */
public final class PtflopsFamily implements ConventionFamily {
  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
                new About(
                    "ptflops",
                    "ptflops",
                    "0.7.5",
                    "MACs",
                    "modules by exact type, averaged over the batch, and patched functions, for "
                        + "the whole batch: multiply-accumulates with bias, 2 an element of a "
                        + "batch norm, ReLU and pooling twice",
                    "github.com/sovrasov/flops-counter.pytorch, tag v0.7.5 (commit 3c5c3e3), "
                        + "backend pytorch"),
                Mode.CPU_GRAD,
                () -> Ptflops075Rules.MODULES.and(Ptflops075Rules.FUNCTIONS),
                PtflopsCounter::new)
            .modeAsOption());
  }
}
