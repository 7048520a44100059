package org.whichflops.format.description;

/** How many modules a description has made, which a few bytes could make very many. */
final class ModuleCount {
  static final int MOST = 20_000;

  private int made;

  /** Whether one more may be made. */
  boolean takesOne() {
    return ++made <= MOST;
  }

  /** Counts one more that a text makes. */
  void add(Syntax at) {
    if (!takesOne()) {
      throw at.error(tooMany());
    }
  }

  /** What to say where there are too many. */
  static String tooMany() {
    return "more than %d modules".formatted(MOST);
  }
}
