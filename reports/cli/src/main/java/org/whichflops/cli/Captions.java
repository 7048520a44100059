package org.whichflops.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;

/** What is said beside a table of how each of its conventions counts. */
final class Captions {
  private Captions() {}

  /** A sentence for each convention: its id, its own word for what it counts, whose it is. */
  static List<String> notes(Collection<Convention> conventions) {
    List<String> notes = new ArrayList<>();
    for (Convention convention : conventions) {
      About about = convention.about();
      String version =
          about.version().isEmpty() ? "" : " (" + about.tool() + " " + about.version() + ")";
      notes.add(about.id() + " counts " + about.quantity() + version + ": " + about.summary());
    }
    return notes;
  }
}
