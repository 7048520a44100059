package org.whichflops.custom;

/** A file is no convention: the file, line and column, what is wrong, and what would be right. */
public final class ConventionFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ConventionFileException(String file, int line, int column, String problem) {
    super("%s: line %d, column %d: %s".formatted(file, line, column, problem));
  }

  ConventionFileException(String file, String problem) {
    super(file + ": " + problem);
  }
}
