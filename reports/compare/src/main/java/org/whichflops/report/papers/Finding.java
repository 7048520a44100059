package org.whichflops.report.papers;

import java.util.List;
import java.util.Locale;

/**
 * What comes out for a published number.
 *
 * @param number the number
 * @param state whether it is reproduced, explained or open
 * @param conventions those that print it so, the plainest first; {@code params} for parameters
 * @param value the count under the first of them, or the multiply-accumulates where none does
 * @param reason why it does not come out; empty where it does
 */
public record Finding(
    PublishedNumber number, State state, List<String> conventions, long value, String reason) {
  /** The {@link #value} where nothing could be counted. */
  public static final long NONE = Long.MIN_VALUE;

  /** How far a published number is understood. */
  public enum State {
    /** A convention prints it at its precision. */
    REPRODUCED,
    /** It does not come out, and it is said why. */
    EXPLAINED,
    /** It does not come out, or its network is not in the zoo. */
    OPEN;

    /** The word reports print. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keeps the list as it is. */
  public Finding {
    conventions = List.copyOf(conventions);
  }
}
