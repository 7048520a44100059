package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;

/**
 * The names in the texts of one description, each a single String where it can be: a name is looked
 * up many times, and its hash code is found once.
 *
 * <p>It remembers so many of the last names, whatever a file holds.
 */
final class Names {
  private static final int PLACES = 256;

  private final @Nullable String[] recent = new @Nullable String[PLACES];

  /** The name that stands from a place up to another. */
  String name(char[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    int place = hash & PLACES - 1;
    String known = recent[place];
    if (known == null || !stands(known, text, start, end)) {
      known = new String(text, start, end - start);
      recent[place] = known;
    }
    return known;
  }

  private static boolean stands(String name, char[] text, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (name.charAt(i - start) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
