package org.whichflops.convention.torchinfo;

import java.util.List;

/**
 * The sums under a summary, torchinfo's {@code ModelStatistics}.
 *
 * @param parameters elements of parameters, as the version adds them up
 * @param trainable those that gradients are kept for
 * @param parameterBytes what it says they take
 * @param multAdds macs of all rows of leaves
 * @param outputBytes outputs of leaves with parameters, twice "for gradients"
 */
record Statistics(
    long parameters, long trainable, long parameterBytes, long multAdds, long outputBytes) {
  /** Of a float32, the only type there is here. */
  static final int BYTES = 4;

  /**
   * Adds up.
   *
   * @throws ArithmeticException past 2^63 - 1
   */
  static Statistics of(List<Row> rows, TorchinfoVersion version) {
    long multAdds = 0;
    long outputs = 0;
    for (Row row : rows) {
      if (row.leaf()) {
        if (row.macs() == Row.TOO_MANY) {
          throw new ArithmeticException("long overflow");
        }
        multAdds = Math.addExact(multAdds, row.macs());
        if (row.parameters() > 0) {
          outputs = Math.addExact(outputs, row.outputElements());
        }
      }
    }
    Statistics parameters = ofParameters(rows, version);
    return new Statistics(
        parameters.parameters,
        parameters.trainable,
        parameters.parameterBytes,
        multAdds,
        Math.multiplyExact(outputs, 2L * BYTES));
  }

  /** The same without macs and outputs. */
  static Statistics ofParameters(List<Row> rows, TorchinfoVersion version) {
    return version == TorchinfoVersion.RELEASE ? byRows(rows) : byRoots(rows);
  }

  /**
   * 1.8.0 adds up rows (model_statistics.py:31): leaves, and what is left of containers. One tensor
   * in two modules counts twice, and what is left of a container is missing in the bytes.
   */
  private static Statistics byRows(List<Row> rows) {
    Leftover left = new Leftover(TorchinfoVersion.RELEASE, Row::parameters);
    Leftover trainableLeft = new Leftover(TorchinfoVersion.RELEASE, Row::trainable);
    long parameters = 0;
    long trainable = 0;
    long inLeaves = 0;
    for (Row row : rows) {
      if (row.recursive()) {
        continue;
      }
      if (row.leaf()) {
        parameters += row.parameters();
        trainable += row.trainable();
        inLeaves += row.parameters();
      } else {
        parameters += Math.max(left.of(row), 0);
        trainable += Math.max(trainableLeft.of(row), 0);
      }
    }
    return new Statistics(parameters, trainable, Math.multiplyExact(inLeaves, BYTES), 0, 0);
  }

  /** Later commits take the root's (model_statistics.py:44 of 5c4164f): every tensor once. */
  private static Statistics byRoots(List<Row> rows) {
    long parameters = 0;
    long trainable = 0;
    for (Row row : rows) {
      if (row.parent() == null) {
        parameters += row.parameters();
        trainable += row.trainable();
      }
    }
    return new Statistics(parameters, trainable, Math.multiplyExact(parameters, BYTES), 0, 0);
  }
}
