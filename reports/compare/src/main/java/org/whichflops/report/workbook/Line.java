package org.whichflops.report.workbook;

import org.jspecify.annotations.Nullable;

/**
 * A number that grows evenly with the batch, or not at all.
 *
 * @param fixed what it would be at batch 0
 * @param each what it grows by
 */
record Line(long fixed, long each) {
  /**
   * The line through values at several batches, or null where they are on none.
   *
   * @param batches different ones
   */
  static @Nullable Line through(long[] batches, long[] values) {
    long each = 0;
    if (batches.length > 1) {
      long rise = values[1] - values[0];
      long run = batches[1] - batches[0];
      if (rise % run != 0) {
        return null;
      }
      each = rise / run;
    }
    Line line = new Line(values[0] - each * batches[0], each);
    for (int i = 0; i < batches.length; i++) {
      if (line.fixed + each * batches[i] != values[i]) {
        return null;
      }
    }
    return line;
  }

  /** What it is at a batch. */
  long at(long batch) {
    return fixed + each * batch;
  }

  /** As a formula over the cell that holds the batch. */
  String formula(String batch) {
    String growing = each == 1 ? batch : each + "*" + batch;
    return fixed == 0 ? growing : fixed + (each < 0 ? "" : "+") + growing;
  }
}
