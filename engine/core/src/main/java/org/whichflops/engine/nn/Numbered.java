package org.whichflops.engine.nn;

/** The names of children that have none but their number: {@code 0}, {@code 1} and so on. */
final class Numbered {
  /** Those that every network has, one object each. */
  private static final String[] COMMON = new String[32];

  static {
    for (int i = 0; i < COMMON.length; i++) {
      COMMON[i] = Integer.toString(i);
    }
  }

  private Numbered() {}

  static String name(int number) {
    return number < COMMON.length ? COMMON[number] : Integer.toString(number);
  }
}
