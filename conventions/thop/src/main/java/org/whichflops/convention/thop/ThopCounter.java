package org.whichflops.convention.thop;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.ModuleVisits;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as thop 0.1.1's {@code profile} does (thop/profile.py:157-248).
 *
 * <p>{@code model.apply} hooks a module once for every way to it, so a module under two parents
 * counts each of its calls twice; {@code dfs_count} then adds it once for every way again. It does
 * not look below a module that has a rule, unless that is an nn.Sequential, and it adds parameters
 * only of modules that have a rule and were called.
 */
class ThopCounter extends RuleCounter {
  private static final double EXACT_IN_DOUBLE = 0x1p53;

  private final ModuleVisits hooks;
  private final ModuleVisits sums;

  /** The parameters of the last run, good until the network calls others. */
  private long stated;

  private @Nullable ForwardPass statedFor;
  private int statedStructure;

  ThopCounter(Network network, RuleTable rules) {
    super(network, rules);
    hooks = new ModuleVisits(network, module -> true);
    sums = new ModuleVisits(network, module -> !isTerminal(module));
  }

  /** Whether {@code dfs_count} does not look below a module. */
  private boolean isTerminal(Module module) {
    return rules().find(module.key()) != null
        && !module.type().isA("nn.Sequential")
        && module != network().root();
  }

  /** It hooks modules. */
  @Override
  protected boolean looksAt(Callee.Kind kind) {
    return kind == Callee.Kind.MODULE;
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return hooks.isOnceEach()
        && sums.isOnceEach()
        && !AdaptivePoolHook.isWithoutBatch(pass); // which has a rule of its own
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return rules().find(AdaptivePoolHook.key(call));
  }

  @Override
  protected long times(Call call) {
    Module module = (Module) call.callee();
    return Math.multiplyExact(hooks.of(module), sums.of(module));
  }

  /** thop adds float64 numbers: whole ones stay exact below 2^53. */
  @Override
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    return modules < EXACT_IN_DOUBLE ? modules : rounded(pass);
  }

  @Override
  public long parameters(ForwardPass pass) {
    if (statedFor != pass || statedStructure != pass.structure()) {
      stated = calledParameters(pass);
      statedFor = pass;
      statedStructure = pass.structure();
    }
    return stated;
  }

  /** Whether the sum comes to any module that has a rule; if not, its 0 is no floating point. */
  final boolean findsAny() {
    for (Module module : network().modules()) {
      if (isTerminal(module) && sums.of(module) > 0) {
        return true;
      }
    }
    return false;
  }

  private long calledParameters(ForwardPass pass) {
    boolean[] called = new boolean[network().modules().size()];
    long sum = 0;
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Module module
          && !called[module.index()]
          && isTerminal(module)) {
        called[module.index()] = true;
        sum = Math.addExact(sum, Math.multiplyExact(sums.of(module), module.parameterCount()));
      }
    }
    return sum;
  }

  /** The same sum in float64, buffer by buffer and then child by child, as thop forms it. */
  private long rounded(ForwardPass pass) {
    double[] totals = new double[network().modules().size()];
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      Rule rule = rule(call);
      if (call.callee() instanceof Module module && rule != null && times(call) != 0) {
        double amount = (double) rule.formula().value(call);
        for (long hook = 0; hook < hooks.of(module); hook++) {
          totals[module.index()] += amount;
        }
      }
    }
    double total = sum(network().root(), totals);
    if (total >= 0x1p63) {
      throw new ArithmeticException("long overflow");
    }
    return (long) total;
  }

  private double sum(Module module, double[] totals) {
    double sum = totals[module.index()];
    Set<Module> children = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Module child : module.children().values()) {
      if (children.add(child)) {
        sum += isTerminal(child) ? totals[child.index()] : sum(child, totals);
      }
    }
    return sum;
  }
}
