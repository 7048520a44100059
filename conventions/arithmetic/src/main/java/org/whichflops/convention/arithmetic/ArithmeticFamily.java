package org.whichflops.convention.arithmetic;

import static org.whichflops.convention.Rule.sees;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Operator;

/**
 * {@code arithmetic}: every elementary operation of every operator, by kind: multiplications,
 * additions, divisions, comparisons, special functions. The rules are the engine's own.
 */
public final class ArithmeticFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.startsWith("arithmetic");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            new About(
                "arithmetic",
                About.FORMULA,
                "",
                "FLOPs",
                "every multiplication, addition, division, comparison and special function of the "
                    + "direct algorithms",
                "derived operator by operator; a root, exponential, logarithm, error function or "
                    + "hyperbolic tangent is one operation"),
            Mode.DECOMPOSED,
            ArithmeticFamily::rules,
            ArithmeticCounter::new));
  }

  @Override
  public int position() {
    return 3;
  }

  private static RuleTable rules() {
    return RuleTable.of(
        Operator.all().stream()
            .flatMap(
                operator ->
                    operator.arithmetic().stream()
                        .map(formula -> sees(operator.variantKey()).counts(formula)))
            .toArray(Rule[]::new));
  }
}
