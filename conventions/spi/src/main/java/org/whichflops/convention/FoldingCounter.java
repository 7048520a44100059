package org.whichflops.convention;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/**
 * Folds batch norms into the layer before them, where the table has a row {@link #FOLDED}: a layer
 * without bias gets one, for which that row counts, and one with a bias stays as it is. A layer
 * whose output is read by others than the batch norm takes none up.
 */
public class FoldingCounter extends ArithmeticRuleCounter {
  /** The key of a batch norm that goes into a layer without bias before it. */
  public static final String FOLDED = "aten.batch_norm[folded]";

  /** What layers without bias, and with one, returned in the run that is looked at. */
  private final Set<Tensor> unbiased = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Tensor> biased = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What layers returned, and those of it that two operators read. */
  private final Set<Tensor> read = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Tensor> readAgain = Collections.newSetFromMap(new IdentityHashMap<>());

  /** A counter that states the network's parameters, shared ones once. */
  public FoldingCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  /** Whether a batch norm may go into a layer. */
  protected boolean takesBatchNorm(Call layer) {
    return layer.callee().key().equals("aten.convolution")
        || layer.callee().key().equals("aten.linear");
  }

  private @Nullable ForwardPass lookedAt;

  private int structure;

  @Override
  protected void check(ForwardPass pass) {
    if (pass == lookedAt && pass.structure() == structure) {
      return;
    }
    lookedAt = pass;
    structure = pass.structure();
    read.clear();
    readAgain.clear();
    if (rules().find(FOLDED) == null) {
      return;
    }
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Operator) {
        for (int input = 0; input < call.inputCount(); input++) {
          if (!read.add(call.input(input))) {
            readAgain.add(call.input(input));
          }
        }
        i = call.end() - 1; // what runs inside reads the same
      }
    }
  }

  /** All of them: the first call of a pass, of a module, says that another begins. */
  @Override
  protected boolean looksAt(Callee.Kind kind) {
    return true;
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return false;
  }

  /** Calls are looked at in order, so a layer has been seen when its batch norm is. */
  @Override
  protected @Nullable Rule rule(Call call) {
    if (call.index() == 0) {
      unbiased.clear();
      biased.clear();
    }
    if (takesBatchNorm(call) && !readAgain.contains(call.output(0))) {
      (call.attribute(Attribute.BIAS) == 0 ? unbiased : biased).add(call.output(0));
    } else if (call.callee().key().equals("aten.batch_norm")) {
      Rule folded = rules().find(FOLDED);
      if (folded != null && unbiased.contains(call.input(0))) {
        return folded;
      }
      if (folded != null && biased.contains(call.input(0))) {
        return null; // the bias that is there takes it up
      }
    }
    return super.rule(call);
  }
}
