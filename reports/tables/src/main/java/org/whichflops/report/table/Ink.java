package org.whichflops.report.table;

/** The colours of a table on a terminal. */
enum Ink {
  /** As it comes. */
  NONE(""),
  /** The names of columns. */
  HEAD("\u001b[1m"),
  /** Sentences, such as a reason for a missing number. */
  PROSE("\u001b[33m"),
  /** What is there to be looked up: units, and the legend. */
  FAINT("\u001b[2m");

  private static final String END = "\u001b[0m";

  private final String begin;

  Ink(String begin) {
    this.begin = begin;
  }

  /** A text in this colour; blanks around it are the caller's. */
  String on(String text) {
    return this == NONE || text.isEmpty() ? text : begin + text + END;
  }
}
