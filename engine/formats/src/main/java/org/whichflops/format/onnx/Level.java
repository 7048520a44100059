package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the modules around a node, from the outside in.
 *
 * @param path the module's path: {@code layer1.0.conv1}
 * @param type its Python class, empty where the file does not say
 * @param call what is the same for the nodes of one call: the path, and which call it is
 */
record Level(String path, String type, String call) {
  private static final int DEEPEST = 64;

  /** The modules around a node, by its exporter's metadata or by its name. */
  static List<Level> of(Node node) {
    ExportedScopes scopes = node.scopes();
    return scopes != null ? exported(scopes) : named(node.name());
  }

  /** The class of the root, empty where the file does not say. */
  static String root(Node node) {
    ExportedScopes scopes = node.scopes();
    return scopes == null || scopes.classes().size() < 2 ? "" : scopes.classes().get(0);
  }

  private static List<Level> exported(ExportedScopes scopes) {
    List<Level> levels = new ArrayList<>();
    List<String> paths = scopes.paths();
    for (int i = 1; i < paths.size() - 1; i++) {
      String type = i < scopes.classes().size() ? scopes.classes().get(i) : "";
      levels.add(new Level(paths.get(i), type, paths.get(i)));
    }
    return levels;
  }

  /**
   * {@code /layer1/layer1.0/conv1/Conv}: a module whose name is a number is written with the name
   * of the module around it, and takes that one's place in the path.
   */
  private static List<Level> named(String name) {
    if (!name.startsWith("/") || name.indexOf('/', 1) < 0) {
      return List.of();
    }
    List<Level> levels = new ArrayList<>();
    StringBuilder path = new StringBuilder();
    String before = "";
    int at = 1;
    for (int end = name.indexOf('/', at); end >= 0; end = name.indexOf('/', at)) {
      String segment = name.substring(at, end);
      if (!before.isEmpty() && segment.startsWith(before + ".")) {
        path.setLength(path.length() - before.length());
      } else if (path.length() > 0) {
        path.append('.');
      }
      path.append(segment);
      levels.add(new Level(path.toString(), "", name.substring(0, end)));
      before = segment;
      at = end + 1;
      if (levels.size() == DEEPEST) {
        break;
      }
    }
    return levels;
  }

  /** The same call of a module with another path. */
  Level at(String other) {
    return new Level(other, type, call);
  }
}
