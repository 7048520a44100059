package org.whichflops.convention.torchprofile;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.FusedEncoderLayers;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TraceCounter;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up what the handlers make of a trace's nodes (torchprofile/profile.py:45). */
final class TorchprofileCounter extends TraceCounter {
  private static final String CONVOLUTION = "aten.convolution";

  private @Nullable FusedEncoderLayers fused;

  TorchprofileCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    if (call.callee().key().equals(CONVOLUTION)
        && call.size(Role.W, 0) != call.attribute(Attribute.C_OUT)) {
      return rules().find(TorchprofileRules.OTHER_LAYOUT);
    }
    return super.rule(call);
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return fused(pass).hides(call) || isInsideCell(pass, call) ? 0 : super.times(pass, call);
  }

  private FusedEncoderLayers fused(ForwardPass pass) {
    FusedEncoderLayers known = fused;
    if (known == null || !known.isOf(pass)) {
      known = FusedEncoderLayers.of(pass);
      fused = known;
    }
    return known;
  }

  /** A recurrent cell is no node, but what it is made of, for which its function has a rule. */
  private static boolean isInsideCell(ForwardPass pass, Call call) {
    return call.parent() >= 0 && pass.call(call.parent()).callee().key().endsWith("_cell");
  }

  @Override
  public long parameters(ForwardPass pass) {
    return NO_PARAMETERS;
  }
}
