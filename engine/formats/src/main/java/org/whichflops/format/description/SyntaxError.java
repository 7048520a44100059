package org.whichflops.format.description;

import org.whichflops.format.FormatException;
import org.whichflops.format.json.Json;

/**
 * Something is wrong at a place in a text. Whoever knows where the text stands in the file catches
 * it and says so: {@link #in}.
 */
final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String problem;

  SyntaxError(int offset, String problem) {
    super(problem, null, false, false);
    this.offset = offset;
    this.problem = problem;
  }

  /** The complaint about this text. */
  FormatException in(Json text) {
    return text.error(offset, problem);
  }
}
