package org.whichflops.report.table;

/**
 * A column of a table.
 *
 * @param name what data formats call it
 * @param kind what its cells are
 */
public record Column(String name, Kind kind) {
  /** What the cells of a column are. */
  public enum Kind {
    /** Words. */
    TEXT,
    /** Sentences, which tables for people break into lines. */
    PROSE,
    /** Whole numbers that are shown in full: batches, resolutions. */
    NUMBER,
    /**
     * Counts, which people read in thousands, millions and so on; data formats hold them in full.
     */
    COUNT
  }

  /** A column of words. */
  public static Column text(String name) {
    return new Column(name, Kind.TEXT);
  }

  /** A column of sentences, and of formulas. */
  public static Column prose(String name) {
    return new Column(name, Kind.PROSE);
  }

  /** A column of small whole numbers. */
  public static Column number(String name) {
    return new Column(name, Kind.NUMBER);
  }

  /** A column of counts. */
  public static Column count(String name) {
    return new Column(name, Kind.COUNT);
  }

  /** Whether cells are numbers, which stand to the right. */
  boolean isNumber() {
    return kind == Kind.NUMBER || kind == Kind.COUNT;
  }
}
