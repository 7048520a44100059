package org.whichflops.convention.thop;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.ModuleVisits;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/**
 * Adds up as thop of September 2019 does (thop/profile.py:51-119, commit 55efdec).
 *
 * <p>Modules without children are hooked, once for every way to them, and summed once. Each has its
 * parameters counted, with or without a rule, called or not; those of a module with children are
 * lost. All of this happens in float32, so a large count keeps its first 24 bits.
 */
final class Thop201909Counter extends RuleCounter {
  private static final float EXACT_IN_FLOAT = 0x1p24f;

  private final ModuleVisits hooks;
  private final long parameters;
  private final float[] buffers;

  /** By module: whether its hook multiplies in float32. */
  private final boolean[] multipliesInFloat;

  /** The calls counted last, and for each its module and how often that is hooked. */
  private List<Call> placed = List.of();

  private int[] moduleOf = {};
  private long[] hooksOf = {};

  Thop201909Counter(Network network, RuleTable rules) {
    super(network, rules);
    hooks = new ModuleVisits(network, module -> true);
    buffers = new float[network.modules().size()];
    parameters = parameters(network.modules());
    multipliesInFloat = new boolean[buffers.length];
    for (Module module : network.modules()) {
      Rule rule = rules.find(module.key());
      multipliesInFloat[module.index()] =
          rule != null && rule.formula().terms().get(0).label() == Label.POOLING;
    }
  }

  private static long parameters(List<Module> modules) {
    float sum = 0;
    for (Module module : modules) {
      if (module.children().isEmpty()) {
        float held = 0;
        for (Parameter parameter : module.parameters().values()) {
          held += single(parameter.numel());
        }
        sum += held;
      }
    }
    return whole(sum);
  }

  @Override
  public long parameters(ForwardPass pass) {
    return parameters;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    boolean hooked = call.callee() instanceof Module module && module.children().isEmpty();
    return hooked ? rules().find(AdaptivePoolHook.keyByOutputSize(call)) : null;
  }

  @Override
  protected long times(Call call) {
    return hooks.of((Module) call.callee());
  }

  @Override
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    if (modules <= EXACT_IN_FLOAT) {
      return modules;
    }
    fillBuffers(pass);
    float total = 0;
    for (float buffer : buffers) {
      total += buffer;
    }
    return whole(total);
  }

  @Override
  protected Course course(ForwardPass pass, Course modules, Course functionsAndOperators) {
    return Course.OTHER; // rounded to float32
  }

  /** What the module's buffer {@code total_ops} holds after a run. */
  long held(ForwardPass pass, Module module) {
    fillBuffers(pass);
    return whole(buffers[module.index()]);
  }

  private void fillBuffers(ForwardPass pass) {
    List<Call> calls = counted(pass);
    if (calls != placed) {
      place(calls);
    }
    long[] amounts = amounts(pass);
    Arrays.fill(buffers, 0);
    for (int i = 0; i < amounts.length; i++) {
      int module = moduleOf[i];
      float amount =
          multipliesInFloat[module]
              ? product(amounts[i], calls.get(i).output(0).numel())
              : single(amounts[i]);
      for (long hook = hooksOf[i]; hook > 0; hook--) {
        buffers[module] += amount;
      }
    }
  }

  /** Looks up once, for as long as the same calls are counted, whose buffers they go into. */
  private void place(List<Call> calls) {
    moduleOf = new int[calls.size()];
    hooksOf = new long[calls.size()];
    for (int i = 0; i < moduleOf.length; i++) {
      Module module = (Module) calls.get(i).callee();
      moduleOf[i] = module.index();
      hooksOf[i] = hooks.of(module);
    }
    placed = calls;
  }

  /** Poolings multiply in float32 already; everything else is counted exactly and then rounded. */
  private static float product(long exact, long outputs) {
    return single(outputs) * single(exact / outputs);
  }

  /** As {@code torch.Tensor([number])} takes a whole number: by way of a double. */
  private static float single(long exact) {
    return (float) (double) exact;
  }

  private static long whole(float value) {
    if (value >= 0x1p63f) {
      throw new ArithmeticException("long overflow");
    }
    return (long) value;
  }
}
