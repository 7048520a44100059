package org.whichflops.format.description;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What functions or modules there are, and their arguments, from a table that Python could read.
 */
final class Signatures {
  private final Map<String, String> arguments = new TreeMap<>();
  private final Map<String, Signature> read = new ConcurrentHashMap<>();

  /**
   * Reads tables.
   *
   * @param tables lines such as {@code F.pad(input, pad, mode, value)}; of several with the same
   *     arguments, all names with spaces between
   */
  Signatures(String... tables) {
    for (String table : tables) {
      int start = 0;
      for (int end = table.indexOf('\n'); end >= 0; end = table.indexOf('\n', start)) {
        add(table, start, table.indexOf('(', start), end);
        start = end + 1;
      }
    }
  }

  private void add(String table, int start, int open, int end) {
    String given = table.substring(open + 1, end - 1);
    int at = start;
    for (int space = table.indexOf(' ', at); 0 <= space && space < open; ) {
      arguments.put(table.substring(at, space), given);
      at = space + 1;
      space = table.indexOf(' ', at);
    }
    arguments.put(table.substring(at, open), given);
  }

  /** The arguments of a function, null where there is none of that name. */
  @Nullable Signature find(String name) {
    Signature known = read.get(name);
    if (known == null) {
      String given = arguments.get(name);
      if (given == null) {
        return null;
      }
      known = Signature.of(given); // few of them are asked for
      read.put(name, known);
    }
    return known;
  }

  /** Whether there is one of that name. */
  boolean knows(String name) {
    return arguments.containsKey(name);
  }

  /** The names there are, sorted. */
  List<String> names() {
    return List.copyOf(arguments.keySet());
  }
}
