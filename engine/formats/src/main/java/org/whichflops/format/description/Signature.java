package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;

/**
 * The names of a function's arguments, in order.
 *
 * @param rest whether the last takes all that is left, as Python's {@code *args}
 */
record Signature(List<String> names, boolean rest) {
  /** Reads arguments as Python writes them, {@code input, *sizes}. */
  static Signature of(String arguments) {
    List<String> names = new ArrayList<>();
    boolean rest = false;
    for (int at = 0; at < arguments.length(); ) {
      int comma = arguments.indexOf(',', at);
      int end = comma < 0 ? arguments.length() : comma;
      rest = arguments.charAt(at) == '*';
      // interned, since the code that makes a module asks for these very texts
      names.add(arguments.substring(rest ? at + 1 : at, end).intern());
      at = comma < 0 ? end : comma + 2;
    }
    return new Signature(List.copyOf(names), rest);
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
