package org.whichflops.format.description;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;

/** What Python's values look like in messages. */
final class Values {
  private Values() {}

  /** A value in words. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Tensor tensor) {
      return "a tensor of " + tensor;
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof String text) {
      return "'" + text + "'";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Number ? value.toString() : "a " + value.getClass().getSimpleName();
  }
}
