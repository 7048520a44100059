package org.whichflops.report.identify;

import org.jspecify.annotations.Nullable;

/**
 * A count that is printed as claimed, or comes near.
 *
 * @param model the model, with options
 * @param batch images at once
 * @param height of the images, 0 where there is none
 * @param width of the images, 0 where there is none
 * @param convention the convention's id; {@link #PARAMETERS} for the network's own parameters
 * @param value the count
 * @param ofParameters whether it counts parameters, and no operations
 * @param change what was done to get there, in words; empty for the model as it is
 * @param slip what is done to the count before it is printed
 * @param printed the count as it is printed with the claim's digits
 * @param match how it is printed so; null where it only comes near
 * @param rank how far-fetched it is, 0 for the model at its own input
 * @param distance how far from the claim, as a share of it
 */
public record Candidate(
    String model,
    long batch,
    long height,
    long width,
    String convention,
    long value,
    boolean ofParameters,
    String change,
    Slip slip,
    String printed,
    PrintedNumber.@Nullable Match match,
    int rank,
    double distance) {
  /** Stands for a convention where a network's parameters are counted. */
  public static final String PARAMETERS = "params";

  Candidate judged(
      Slip slip, String printed, PrintedNumber.@Nullable Match match, double distance) {
    return new Candidate(
        model,
        batch,
        height,
        width,
        convention,
        value,
        ofParameters,
        change,
        slip,
        printed,
        match,
        rank,
        distance);
  }

  /** How it is printed so, with what was done to it: {@code truncated; twice the count}. */
  public String matches() {
    StringBuilder text = new StringBuilder(match == null ? "near" : match.word());
    if (ofParameters) {
      text.append("; parameters, not operations");
    }
    if (!change.isEmpty()) {
      text.append("; ").append(change);
    }
    if (slip != Slip.NONE) {
      text.append("; ").append(slip.words());
    }
    return text.toString();
  }
}
