package org.whichflops.report.identify;

import org.whichflops.report.compare.Point;

/** A network at one input, and what each of some conventions makes of it. */
final class CountedInput {
  private final String model;
  private final long parameters;
  private final long batch;
  private final long height;
  private final long width;
  private final String change;
  private final int rank;
  private final long[] values;

  /**
   * An input.
   *
   * @param height of the images, 0 where there is none
   * @param width of the images, 0 where there is none
   * @param change what was done to the network to get there, in words; empty for nothing
   * @param rank how far-fetched that is
   * @param values a count for each convention, {@link Point#NONE} where it has none
   */
  CountedInput(
      String model,
      long parameters,
      long batch,
      long height,
      long width,
      String change,
      int rank,
      long... values) {
    this.model = model;
    this.parameters = parameters;
    this.batch = batch;
    this.height = height;
    this.width = width;
    this.change = change;
    this.rank = rank;
    this.values = values;
  }

  /** What a point holds now. */
  static CountedInput of(Point point, String change, int rank) {
    long[] values = new long[point.conventions().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = point.value(i);
    }
    return new CountedInput(
        point.network().name(),
        point.parameters(),
        point.batch(),
        point.height(),
        point.width(),
        change,
        rank,
        values);
  }

  /** The same under the conventions at some positions. */
  CountedInput at(int... positions) {
    long[] some = new long[positions.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[positions[i]];
    }
    return new CountedInput(model, parameters, batch, height, width, change, rank, some);
  }

  String model() {
    return model;
  }

  /** How many parameters the network has. */
  long parameters() {
    return parameters;
  }

  long batch() {
    return batch;
  }

  long height() {
    return height;
  }

  long width() {
    return width;
  }

  String change() {
    return change;
  }

  /** How far-fetched it is, 0 for the network as it is at its own input. */
  int rank() {
    return rank;
  }

  /** A convention's count, or {@link Point#NONE}. */
  long value(int convention) {
    return values[convention];
  }

  /** A candidate that nobody has judged. */
  Candidate candidate(String convention, long value, boolean ofParameters) {
    return new Candidate(
        model,
        batch,
        height,
        width,
        convention,
        value,
        ofParameters,
        change,
        Slip.NONE,
        "",
        null,
        rank,
        0);
  }
}
