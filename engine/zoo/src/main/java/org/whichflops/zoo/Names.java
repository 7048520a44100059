package org.whichflops.zoo;

import java.util.Collection;
import org.whichflops.engine.formula.NearestNames;

/** Finds what somebody who misspelt a name may have meant. */
public final class Names {
  private Names() {}

  /** "did you mean a or b?", or where the models are listed if nothing is near. */
  public static String suggestion(String name, Collection<String> known) {
    return suggestion(name, known, "'whichflops models' lists them");
  }

  /** "did you mean a or b?", or what to say if nothing is near. */
  public static String suggestion(String name, Collection<String> known, String otherwise) {
    return NearestNames.suggestion(name, known, otherwise);
  }
}
