package org.whichflops.convention;

import java.util.List;

/** Conventions that belong together, such as the versions of one tool. Found by ServiceLoader. */
public interface ConventionFamily {
  /** The conventions, the most asked for first. */
  List<Convention> conventions();

  /** The texts that the family's tools print, the most asked for first. */
  default List<SummaryStyle> styles() {
    return List.of();
  }

  /** The place among the families in lists: formulas first, then tools. */
  default int position() {
    return 100;
  }
}
