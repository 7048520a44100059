package org.whichflops.convention;

import java.util.List;
import org.whichflops.engine.formula.Label;

/**
 * What one convention makes of one forward pass. The lines and adjustments add up to the total.
 *
 * @param total the number the tool states
 * @param parameters the parameters it states, or {@link Counter#NO_PARAMETERS}
 * @param lines one for each counted call, in the order of calls
 * @param adjustments what the tool does to the sum of the lines
 */
public record Tally(long total, long parameters, List<Line> lines, List<Adjustment> adjustments) {
  /** Keeps the lists as they are. */
  public Tally {
    lines = List.copyOf(lines);
    adjustments = List.copyOf(adjustments);
  }

  /**
   * A counted call.
   *
   * @param call the call's index in the forward pass
   * @param rule the rule that saw it
   * @param times how often the tool adds it, once unless it counts a shared module again
   * @param amount what it adds in all
   */
  public record Line(int call, Rule rule, long times, long amount) {}

  /** A change to the sum that belongs to no call, such as the average over the batch. */
  public record Adjustment(Label label, long amount) {}
}
