package org.whichflops.convention;

/**
 * Who a convention speaks for.
 *
 * @param id as users type it: {@code thop}, {@code thop-0.0.31}
 * @param tool the program reproduced, or {@code formula} where there is none
 * @param version the exact version reproduced; empty for a formula
 * @param quantity the tool's own word for what it counts: MACs, FLOPs, mult-adds
 * @param summary one sentence on what it counts
 * @param source where the rules come from: repository files and lines, papers, documentation
 */
public record About(
    String id, String tool, String version, String quantity, String summary, String source) {
  /** The {@link #tool} of conventions that are formulas and no program's. */
  public static final String FORMULA = "formula";

  /** The same under another id. */
  public About withId(String id) {
    return new About(id, tool, version, quantity, summary, source);
  }
}
