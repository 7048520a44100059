package org.whichflops.engine.nn;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Tuples as Python prints them. */
final class PythonTuple {
  private PythonTuple() {}

  /** {@code (3, 3)}, or {@code (3,)}. */
  static String of(long... values) {
    String inner = Arrays.stream(values).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return values.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }
}
