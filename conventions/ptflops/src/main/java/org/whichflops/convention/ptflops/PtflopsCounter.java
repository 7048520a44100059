package org.whichflops.convention.ptflops;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;
import org.whichflops.convention.ModuleVisits;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.PassSum;

/**
 * Adds up as the PyTorch backend does since 0.7.2 (ptflops/pytorch_engine.py:24-110 in 0.7.5).
 *
 * <p>Modules are summed over {@code children()} down to those with a rule, one under two parents
 * twice, and divided by the batch, the length of the root's first input. Patched functions are
 * added for the whole batch. The result is cut to a whole number. Parameters are those with
 * gradients.
 */
class PtflopsCounter extends RuleCounter {
  private static final double EXACT_IN_DOUBLE = 0x1p53;

  /** Modules whose rules look at their output alone. */
  private static final Set<String> OF_OUTPUTS =
      Set.of("nn.ReLU", "nn.ReLU6", "nn.LeakyReLU", "nn.PReLU", "nn.ELU", "nn.GELU", "nn.Upsample");

  private static final Set<String> INTERPOLATIONS = Set.of("F.interpolate", "F.upsample");

  private final ModuleVisits sums;
  private final SelectedCalls interpolations =
      new SelectedCalls(call -> INTERPOLATIONS.contains(call.callee().key()));
  private final long trainable;

  PtflopsCounter(Network network, RuleTable rules) {
    super(network, rules);
    sums = new ModuleVisits(network, module -> rules.find(module.key()) == null);
    trainable = network.trainableParameters();
  }

  @Override
  public final long parameters(ForwardPass pass) {
    return trainable;
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return sums.isOnceEach();
  }

  @Override
  protected final long times(Call call) {
    return call.callee() instanceof Module module ? times(module) : 1;
  }

  /** How often a module is added. */
  protected long times(Module module) {
    return sums.of(module);
  }

  /**
   * Whether the root can only be called with keyword arguments: where it takes several inputs, they
   * come from an input constructor in a dict. The batch counter looks for an input among the other
   * arguments, finds none and assumes one image, so nothing is averaged (pytorch_engine.py:267).
   */
  protected boolean byKeyword(ForwardPass pass) {
    return pass.call(0).inputCount() > 1;
  }

  /** Whether images of this kind are averaged over, however many come. */
  protected boolean averages(ForwardPass pass) {
    return !byKeyword(pass);
  }

  /** A rule that looks at the root's input finds none then either. */
  @Override
  protected void check(ForwardPass pass) {
    String root = network().root().key();
    if (byKeyword(pass) && rules().find(root) != null && !OF_OUTPUTS.contains(root)) {
      throw new ToolFailureException(
          root.equals("nn.MultiheadAttention")
              ? "ValueError: not enough values to unpack (expected 3, got 0)"
              : "IndexError: tuple index out of range");
    }
  }

  /** Whether the total is a number of numpy's, which prints otherwise. */
  boolean isNumpy(ForwardPass pass) {
    return false;
  }

  private long batch(ForwardPass pass) {
    return byKeyword(pass) ? 1 : pass.call(0).input(0).size(0);
  }

  /** Python's division of whole numbers of any size, with one rounding. */
  static double quotient(long sum, long batch) {
    return sum < EXACT_IN_DOUBLE
        ? (double) sum / batch
        : new BigDecimal(sum).divide(new BigDecimal(batch), new MathContext(50)).doubleValue();
  }

  @Override
  protected final long total(ForwardPass pass, long modules, long functionsAndOperators) {
    double total = quotient(modules, batch(pass)) + functionsAndOperators + fractions(pass);
    if (total >= 0x1p63) {
      throw new ArithmeticException("long overflow");
    }
    return (long) total;
  }

  /** What a scale factor of an interpolation makes of its input, as the version has it. */
  protected Attribute enlarged() {
    return Attribute.REQUESTED;
  }

  /** What rules cut off interpolations by a factor: the tool adds fractions up and cuts the sum. */
  private double fractions(ForwardPass pass) {
    double fractions = 0;
    for (int i : interpolations.of(pass)) {
      Call call = pass.call(i);
      if (rule(call) != null && call.arguments() instanceof InterpolationArguments arguments) {
        double exact = arguments.byFactors(enlarged(), call);
        fractions += exact - Math.floor(exact);
      }
    }
    return fractions;
  }

  /** The average over the batch is a whole number where each image counts as much. */
  @Override
  protected final Course course(ForwardPass pass, Course modules, Course functionsAndOperators) {
    return (averages(pass) ? average(modules) : modules).plus(functionsAndOperators);
  }

  @Override
  protected final long slope(
      ForwardPass pass, boolean proportional, long modules, long functionsAndOperators) {
    if (!averages(pass)) {
      return Math.addExact(modules, functionsAndOperators);
    }
    return proportional ? functionsAndOperators : PassSum.UNKNOWN;
  }

  private static Course average(Course sum) {
    return switch (sum) {
      case NOTHING -> Course.NOTHING;
      case PROPORTIONAL -> Course.CONSTANT;
      default -> Course.OTHER;
    };
  }

  /**
   * Whether a module's type has a rule, so that its numbers are kept and its children's are not.
   */
  final boolean hasRule(Module module) {
    return rules().find(module.key()) != null;
  }

  /** What the tool holds for each module once a network has run. */
  final ModuleCounts perModule(ForwardPass pass) {
    long[] flops = new long[network().modules().size()];
    long others = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      Rule rule = rule(call);
      if (rule != null && call.callee() instanceof Module module) {
        flops[module.index()] = Math.addExact(flops[module.index()], rule.formula().value(call));
      } else if (rule != null) {
        others = Math.addExact(others, rule.formula().value(call));
      }
    }
    long sum = 0;
    for (Module module : network().modules()) {
      sum = Math.addExact(sum, Math.multiplyExact(times(module), flops[module.index()]));
    }
    long batch = batch(pass);
    double total = quotient(sum, batch) + others + fractions(pass);
    return new ModuleCounts(this, flops, batch, total);
  }

  @Override
  protected Label adjustment() {
    return Label.BATCH_AVERAGE;
  }

  /**
   * Fails where an interpolation has one factor a dimension and not as many images, as 0.7.1 to
   * 0.7.2.2 do (pytorch_ops.py:330 and 367): they take a tuple of factors to a power.
   */
  final void checkFactors(ForwardPass pass) {
    for (int i : interpolations.of(pass)) {
      Call call = pass.call(i);
      long factors = rule(call) == null ? 0 : call.attribute(Attribute.FACTORS);
      if (factors > 1 && factors != call.input(0).size(0)) {
        throw new ToolFailureException(
            "TypeError: unsupported operand type(s) for ** or pow(): 'tuple' and 'int'");
      }
    }
  }
}
