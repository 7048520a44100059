package org.whichflops.report.table;

import java.io.Writer;

/**
 * What a table for people is read on.
 *
 * @param width characters in a line; 0 where a line has no end, as in a file or a pipe
 * @param colours whether it shows colours
 */
public record Screen(int width, boolean colours) {
  /** A file or a pipe. */
  public static final Screen NONE = new Screen(0, false);

  /** How much of a caption's notes is shown. */
  public enum Legend {
    /** Nothing. */
    NONE,
    /** A line of each note. */
    SHORT,
    /** All. */
    WHOLE
  }

  /** Narrower ones are written to as if they were as wide as this. */
  private static final int NARROWEST = 40;

  /** Refuses widths that are none. */
  public Screen {
    if (width < 0) {
      throw new IllegalArgumentException("a width of " + width);
    }
    width = width == 0 ? 0 : Math.max(NARROWEST, width);
  }

  /** Whether lines end somewhere. */
  boolean isLimited() {
    return width > 0;
  }

  /**
   * A writer of aligned columns that fit.
   *
   * @param unit what counts are shown in
   * @param legend how much of the caption's notes stands below
   */
  public TableWriter table(Writer out, Unit unit, Caption caption, Legend legend) {
    return new TextTable(out, unit, caption, this, legend);
  }
}
