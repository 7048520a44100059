package org.whichflops.engine.formula;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what somebody who misspelt a name may have meant. */
public final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {}

  /** "did you mean a or b?", or what to say if nothing is near. */
  public static String suggestion(String name, Collection<String> known, String otherwise) {
    int bound = Math.max(2, name.length() / 3);
    List<String> near =
        known.stream()
            .filter(k -> distance(name, k) <= bound)
            .sorted(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
            .limit(MOST)
            .toList();
    return near.isEmpty() ? otherwise : "did you mean " + String.join(" or ", near) + "?";
  }

  /** Levenshtein's distance, with an exchange of neighbours as one step. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
