package org.whichflops.format.description;

import java.util.Collection;
import java.util.Locale;

/** Finds what a misspelt name may have meant. */
final class Nearest {
  private Nearest() {}

  /** A hint such as {@code "; did you mean 'stride'?"}, or what there is, or nothing. */
  static String hint(String name, Collection<String> known) {
    String best = "";
    int least = Math.max(1, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    if (!best.isEmpty()) {
      return "; did you mean '%s'?".formatted(best);
    }
    return known.isEmpty() || known.size() > 20 ? "" : "; there are " + String.join(", ", known);
  }

  /** Letters changed, added, left out or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int rows = Math.min(a.length(), 100);
    int[][] d = new int[rows + 1][b.length() + 1];
    for (int i = 0; i <= rows; i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[rows][b.length()];
  }
}
