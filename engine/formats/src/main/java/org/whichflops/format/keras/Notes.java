package org.whichflops.format.keras;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a file cannot tell. */
final class Notes {
  private static final int MOST = 3;

  private final Set<String> notes = new LinkedHashSet<>();

  private final Set<String> uncounted = new LinkedHashSet<>();

  /** Notes a layer whose work is not in the file. */
  void uncounted(String layer) {
    uncounted.add(layer);
  }

  /** The layers whose work is not in the file. */
  List<String> uncounted() {
    return List.copyOf(uncounted);
  }

  void add(String note) {
    notes.add(note);
  }

  /** The first of them in one line. */
  String text() {
    StringBuilder text = new StringBuilder();
    int i = 0;
    for (String note : notes) {
      if (i == MOST) {
        text.append("; and ").append(notes.size() - MOST).append(" more");
        break;
      }
      text.append(i++ == 0 ? "" : "; ").append(note);
    }
    return text.toString();
  }
}
