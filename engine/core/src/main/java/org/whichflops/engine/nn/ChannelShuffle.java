package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.ChannelShuffle}. */
public final class ChannelShuffle extends Module {
  private final int groups;

  /** A module that takes channels from so many groups in turn. */
  public ChannelShuffle(int groups) {
    super(ModuleType.nn("channelshuffle", "ChannelShuffle"));
    this.groups = groups;
  }

  @Override
  public String extraRepr() {
    return "groups=" + groups;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.channelShuffle(x);
  }

  /** The number of groups. */
  public int groups() {
    return groups;
  }
}
