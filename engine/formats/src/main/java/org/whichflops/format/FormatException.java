package org.whichflops.format;

/** A file is not what it should be: the file, the place in it, and what was expected there. */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param file the file's name
   * @param place the entry, node, or line and column; empty where it is the whole file
   * @param problem what was found and what was expected
   */
  public FormatException(String file, String place, String problem) {
    super(place.isEmpty() ? file + ": " + problem : file + ": " + place + ": " + problem);
  }
}
