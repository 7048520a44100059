package org.whichflops.convention.thop;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** thop, also called pytorch-OpCounter. */
public final class ThopFamily implements ConventionFamily {
  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            new About(
                "thop",
                "thop",
                "0.1.1",
                "MACs",
                "modules by exact type, under no_grad: multiply-accumulates without bias, 4 an "
                    + "element of a batch norm, adaptive pooling; nothing for functions, ReLU and "
                    + "attention",
                "github.com/Lyken17/pytorch-OpCounter, commit 43c064a (2022-09-07)"),
            Mode.CPU_NO_GRAD,
            () -> Thop011Rules.TABLE,
            ThopCounter::new));
  }
}
