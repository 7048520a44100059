package org.whichflops.report.explain;

/**
 * One reason for a difference, in plain words.
 *
 * @param text the reason
 * @param kind what it is about: a module's type, a function, or {@code adjustment}
 * @param calls the calls that it concerns
 * @param from what they count on the one side
 * @param to what they count on the other
 */
public record Cause(String text, String kind, long calls, long from, long to) {
  /** How much more the other side counts; negative where it counts less. */
  public long difference() {
    return Math.subtractExact(to, from);
  }

  Cause plus(Cause other) {
    return new Cause(
        text,
        kind,
        calls + other.calls,
        Math.addExact(from, other.from),
        Math.addExact(to, other.to));
  }
}
