package org.whichflops.report.table;

import java.util.List;

/**
 * What stands with a table so that it can be read away from where it was made: what it shows, at
 * which input, and by whose rules that was counted.
 *
 * @param words what the table shows; may be empty
 * @param isAnswer whether the words are news to who asked, and so stand above the table on a
 *     terminal too
 * @param notes a sentence or two each, below the table
 */
public record Caption(String words, boolean isAnswer, List<String> notes) {
  /** A table that stands for itself. */
  public static final Caption NONE = new Caption("", false, List.of());

  /** Keeps the notes as they are. */
  public Caption {
    notes = List.copyOf(notes);
  }

  /** Words that say what was asked for. */
  public static Caption title(String words, List<String> notes) {
    return new Caption(words, false, notes);
  }

  /** Words that say what came out. */
  public static Caption answer(String words, List<String> notes) {
    return new Caption(words, true, notes);
  }

  /** Whether there is nothing to say. */
  boolean isEmpty() {
    return words.isEmpty() && notes.isEmpty();
  }
}
