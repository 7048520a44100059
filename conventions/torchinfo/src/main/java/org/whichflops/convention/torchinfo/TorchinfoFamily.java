package org.whichflops.convention.torchinfo;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** torchinfo. */
public final class TorchinfoFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.startsWith("torchinfo");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        version(
            "torchinfo",
            "1.8.0",
            "a module's parameters times sizes of its output, under no_grad: "
                + "multiply-accumulates of convolutions with bias, but a linear layer's once for "
                + "each element of the first dimension, and the same of every other parameter",
            "tag v1.8.0",
            TorchinfoVersion.RELEASE),
        version(
            "torchinfo-master",
            "master-5c4164f",
            "as 1.8.0, with a linear layer's multiply-accumulates once a row, and shared "
                + "parameters once",
            "commit 5c4164f (2026-08-20)",
            TorchinfoVersion.MASTER));
  }

  private static TableConvention version(
      String id, String version, String summary, String commit, TorchinfoVersion which) {
    return TableConvention.of(
        new About(
            id,
            "torchinfo",
            version,
            "mult-adds",
            summary,
            "github.com/TylerYep/torchinfo, " + commit),
        Mode.CPU_NO_GRAD,
        which::rules,
        (network, rules) -> new TorchinfoCounter(network, rules, which));
  }

  @Override
  public List<SummaryStyle> styles() {
    return TorchinfoStyle.all();
  }
}
