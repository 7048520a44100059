package org.whichflops.convention;

import org.whichflops.engine.tensor.ForwardPass;

/** Counts one network under one convention. Allocates nothing to find a total. */
public interface Counter {
  /** What {@link #parameters} returns where the convention says nothing about parameters. */
  long NO_PARAMETERS = -1;

  /**
   * The total for one forward pass of the network.
   *
   * @throws CountOverflowException past 2<sup>63</sup> - 1
   * @throws ToolFailureException where the tool fails on this network
   */
  long total(ForwardPass pass);

  /** The number of parameters that the convention states, or {@link #NO_PARAMETERS}. */
  long parameters(ForwardPass pass);

  /** The total with a line for each counted call. */
  Tally tally(ForwardPass pass);
}
