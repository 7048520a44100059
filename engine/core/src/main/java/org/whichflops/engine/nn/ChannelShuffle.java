package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.ChannelShuffle}. */
public final class ChannelShuffle extends Module {
  /** A module that reorders channels; in how many groups does not matter to sizes. */
  public ChannelShuffle() {
    super(ModuleType.nn("channelshuffle", "ChannelShuffle"));
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.channelShuffle(x);
  }
}
