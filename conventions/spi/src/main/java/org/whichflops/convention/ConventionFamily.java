package org.whichflops.convention;

import java.util.List;

/** Conventions that belong together, such as the versions of one tool. Found by ServiceLoader. */
public interface ConventionFamily {
  /** The conventions, the most asked for first. */
  List<Convention> conventions();

  /**
   * Whether one of the conventions may have this id: a family that cannot is not made. True of all
   * where a family does not know better.
   */
  default boolean mayHave(String id) {
    return true;
  }

  /** The texts that the family's tools print, the most asked for first. */
  default List<SummaryStyle> styles() {
    return List.of();
  }

  /** The place among the families in lists: formulas first, then tools. */
  default int position() {
    return 100;
  }
}
