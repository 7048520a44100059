package org.whichflops.convention.pthflops;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** pthflops, also called pytorch-estimate-flops, with its engine by torch.fx. */
public final class PthflopsFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.startsWith("pthflops");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            new About(
                "pthflops",
                "pthflops",
                "master",
                "FLOPs",
                "nodes of the graph traced by torch.fx: multiply-accumulates with bias, 2 an "
                    + "element of a batch norm and a ReLU, additions and products of tensors twice",
                "github.com/1adrianb/pytorch-estimate-flops, commit 261cf94 (2022-05-21), mode fx, "
                    + "on torch 2.6"),
            Mode.CPU_GRAD,
            () -> PthflopsRules.TABLE,
            PthflopsCounter::new));
  }

  @Override
  public List<SummaryStyle> styles() {
    return List.of(new PthflopsView());
  }
}
