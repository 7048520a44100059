package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.List;

/** Paths of modules, the root's being empty: {@code features.0.conv}. */
final class Paths {
  private Paths() {}

  /** A path and those of all modules above it, the root first. */
  static List<String> onTheWayTo(String path) {
    List<String> all = new ArrayList<>();
    all.add("");
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      all.add(path.substring(0, dot));
    }
    if (!path.isEmpty()) {
      all.add(path);
    }
    return all;
  }

  /** The path of the module above. */
  static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }
}
