package org.whichflops.convention.torchprofile;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** torchprofile, by Zhijian Liu. */
public final class TorchprofileFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.startsWith("torchprofile");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
                new About(
                    "torchprofile",
                    "torchprofile",
                    "0.1.0",
                    "MACs",
                    "nodes of torch.jit's trace: multiply-accumulates without bias, 1 an element "
                        + "of a normalization with a weight, of a product and of an average's "
                        + "output",
                    "github.com/zhijian-liu/torchprofile, commit ec8bf8a; traced by torch 2.6.0"),
                Mode.CPU_GRAD,
                () -> TorchprofileRules.RULES,
                TorchprofileCounter::new)
            .modeAsOption());
  }
}
