package org.whichflops.convention;

import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.PassSum;

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

  /** Keeps what a pass holds now, which {@link #course} compares with a later run. */
  default void keep(ForwardPass pass) {}

  /**
   * How the total depends on the batch, at the sizes that a pass holds now and at any batch for
   * which it stays below 2<sup>53</sup>; {@link Course#OTHER} where that is not known.
   *
   * @param kept the batch of the run that was {@link #keep kept}, in which the network called the
   *     same
   * @param now the batch of this run
   */
  default Course course(ForwardPass pass, long kept, long now) {
    return Course.OTHER;
  }

  /**
   * How much the total grows with each image more, at the sizes that a pass holds now and at any
   * batch for which it stays below 2<sup>53</sup>, from that run alone; {@link PassSum#UNKNOWN}
   * where one run does not tell.
   */
  default long slope(ForwardPass pass) {
    return PassSum.UNKNOWN;
  }

  /** The total with a line for each counted call. */
  Tally tally(ForwardPass pass);
}
