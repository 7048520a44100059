package org.whichflops.convention.exact;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.ArithmeticRuleCounter;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Switches;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/**
 * {@code exact}: multiplications and additions as the direct algorithm executes them, 2 K² C_in / g
 * - 1 a convolution output, one more with bias; and {@code molchanov}, which adds one product a
 * convolution output and leaves out the linear layers' bias.
 */
public final class ExactFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.equals("exact") || id.equals("molchanov");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        Switches.on(
            TableConvention.of(
                new About(
                    "exact",
                    About.FORMULA,
                    "",
                    "FLOPs",
                    "multiplications and additions of convolutions, linear layers and matrix products: "
                        + "n products are summed with n - 1 additions",
                    "derived from the direct algorithm; (2 K² C_in - 1) H W C_out for convolutions and "
                        + "(2 I - 1) O for linear layers without bias"),
                Mode.DECOMPOSED,
                () -> ExactRules.EXACT,
                ArithmeticRuleCounter::new),
            ExactRules::table,
            true),
        TableConvention.of(
            new About(
                "molchanov",
                About.FORMULA,
                "",
                "FLOPs",
                "2 H W (C_in K² + 1) C_out for convolutions, (2 I - 1) O for linear layers",
                "Molchanov et al. 2016, arXiv 1611.06440, appendix A.1"),
            Mode.DECOMPOSED,
            ExactRules::molchanov,
            ArithmeticRuleCounter::new));
  }

  @Override
  public int position() {
    return 2;
  }
}
