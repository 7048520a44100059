package org.whichflops.convention.tfprofiler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up the nodes of a TensorFlow graph. Whether a node counts depends on shapes that the graph
 * knows, and so on the batch; hence every run is looked through anew.
 */
final class TfProfilerCounter implements Counter {
  private static final String UNKNOWN = "tf.Unknown";

  private final Network network;
  private final RuleTable rules;
  private final boolean frozen;
  private final KnownShapes shapes = new KnownShapes();
  private final SelectedCalls nodes = new SelectedCalls(TfProfilerCounter::isNode);

  TfProfilerCounter(Network network, RuleTable rules, boolean frozen) {
    this.network = network;
    this.rules = rules;
    this.frozen = frozen;
  }

  private static boolean isNode(Call call) {
    return call.callee().kind() == Callee.Kind.FUNCTION && call.callee().key().startsWith("tf.");
  }

  @Override
  public long total(ForwardPass pass) {
    return count(pass, null);
  }

  /** float_operation() lists float_ops and no parameters. */
  @Override
  public long parameters(ForwardPass pass) {
    return NO_PARAMETERS;
  }

  @Override
  public Tally tally(ForwardPass pass) {
    List<Tally.Line> lines = new ArrayList<>();
    long total = count(pass, lines);
    return new Tally(total, NO_PARAMETERS, lines, List.of());
  }

  private long count(ForwardPass pass, @Nullable List<Tally.Line> lines) {
    if (nodes.of(pass).length == 0) {
      throw new ToolFailureException(
          "it profiles TensorFlow graphs and this is not one; give it a Keras model (.keras)");
    }
    shapes.clear();
    long total = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      boolean known = !frozen || shapes.follow(call);
      String key = call.callee().key();
      if (call.callee().kind() != Callee.Kind.FUNCTION || !key.startsWith("tf.")) {
        continue;
      }
      if (key.equals(UNKNOWN)) {
        throw new ToolFailureException(
            "the graph that Keras makes of %s is not known".formatted(network.path(pass, call)));
      }
      Rule rule = known ? rules.find(key) : null;
      if (rule == null || (frozen && key.equals("tf.NotEqual[mask]"))) {
        continue;
      }
      total = add(pass, call, rule, total, lines);
    }
    return total;
  }

  private long add(
      ForwardPass pass, Call call, Rule rule, long total, @Nullable List<Tally.Line> lines) {
    try {
      long amount = rule.formula().value(call);
      if (lines != null && amount != 0) {
        lines.add(new Tally.Line(call.index(), rule, 1, amount));
      }
      return Math.addExact(total, amount);
    } catch (ArithmeticException e) {
      CountOverflowException overflow =
          new CountOverflowException(
              "the count of %s passes 2^63 - 1 at %s; take a smaller batch or resolution"
                  .formatted(network.name(), network.path(pass, call)));
      overflow.initCause(e);
      throw overflow;
    }
  }
}
