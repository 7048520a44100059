package org.whichflops.format.description;

import java.util.Arrays;
import java.util.List;

/**
 * The names of a function's arguments, in order.
 *
 * @param rest whether the last takes all that is left, as Python's {@code *args}
 */
record Signature(List<String> names, boolean rest) {
  /** Reads names with spaces between; the last may end in {@code *} and then takes the rest. */
  static Signature of(String names) {
    boolean rest = names.endsWith("*");
    String plain = rest ? names.substring(0, names.length() - 1) : names;
    return new Signature(
        plain.isEmpty()
            ? List.of()
            // interned, since the code that makes a module asks for these very texts
            : Arrays.stream(plain.split(" ")).map(String::intern).toList(),
        rest);
  }

  /** How many arguments are one value each. */
  int fixed() {
    return rest ? names.size() - 1 : names.size();
  }

  /** The place of an argument, -1 where there is none of that name. */
  int place(String name) {
    return names.indexOf(name);
  }
}
