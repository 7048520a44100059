package org.whichflops.convention.ptflops;

import java.math.BigDecimal;
import java.math.MathContext;
import org.whichflops.convention.ModuleVisits;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as ptflops 0.7.5's PyTorch backend does (ptflops/pytorch_engine.py:24-110).
 *
 * <p>Modules are summed over {@code children()} down to those with a rule, one under two parents
 * twice, and divided by the batch, the length of the root's first input. Patched functions are
 * added for the whole batch. The result is cut to a whole number. Parameters are those with
 * gradients.
 */
final class PtflopsCounter extends RuleCounter {
  private static final double EXACT_IN_DOUBLE = 0x1p53;

  private final ModuleVisits sums;
  private final long trainable;

  PtflopsCounter(Network network, RuleTable rules) {
    super(network, rules);
    sums = new ModuleVisits(network, module -> rules.find(module.key()) == null);
    trainable = network.trainableParameters();
  }

  @Override
  public long parameters(ForwardPass pass) {
    return trainable;
  }

  @Override
  protected long times(Call call) {
    return call.callee() instanceof Module module ? sums.of(module) : 1;
  }

  @Override
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    long batch = pass.call(0).input(0).size(0);
    if (modules < EXACT_IN_DOUBLE && functionsAndOperators < EXACT_IN_DOUBLE) {
      return (long) ((double) modules / batch + functionsAndOperators);
    }
    // Python divides whole numbers of any size with one rounding.
    double average =
        new BigDecimal(modules).divide(new BigDecimal(batch), new MathContext(50)).doubleValue();
    double total = average + functionsAndOperators;
    if (total >= 0x1p63) {
      throw new ArithmeticException("long overflow");
    }
    return (long) total;
  }

  @Override
  protected Label adjustment() {
    return Label.BATCH_AVERAGE;
  }
}
