package org.whichflops.convention.modelsummary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Callee;

/**
 * Which modules get a row, and what stands above each ({@code build_module_tree},
 * model_summary.py:16-46).
 *
 * <p>nn.Sequential, nn.ModuleList and what is derived from them are seen through: their children
 * are as deep as they are. A row is a module at the greatest depth, or above it with nothing below.
 * A module under two parents is where the tree's last way to it leads.
 */
final class ShownModules {
  /** What {@code max_depth=None} stands for. */
  static final int EVERY_DEPTH = 9999;

  private final int[] depths;
  private final boolean[] above;
  private final String[] parents;
  private final int maxDepth;

  ShownModules(Network network, int maxDepth) {
    this.maxDepth = maxDepth;
    int count = network.modules().size();
    depths = new int[count];
    above = new boolean[count];
    parents = new String[count];
    parents[network.root().index()] = "";
    walk(network.root(), network.root(), 1, new boolean[count]);
  }

  /** Children from the last to the first, so that the first way to a module is the tool's last. */
  private void walk(Module module, Module valid, int depth, boolean[] seen) {
    seen[module.index()] = true;
    List<Module> children = new ArrayList<>(new LinkedHashSet<>(module.children().values()));
    Collections.reverse(children);
    for (Module child : children) {
      boolean transparent = isTransparent(child);
      above[valid.index()] |= !transparent;
      if (seen[child.index()]) {
        continue;
      }
      if (transparent) {
        walk(child, valid, depth, seen);
      } else {
        depths[child.index()] = depth;
        parents[child.index()] = below(valid);
        walk(child, child, depth + 1, seen);
      }
    }
  }

  private static boolean isTransparent(Module module) {
    return module.type().isA("nn.ModuleList") || module.type().isA("nn.Sequential");
  }

  private String below(Module valid) {
    String path = parents[valid.index()];
    return path.isEmpty() ? valid.type().name() : path + "/" + valid.type().name();
  }

  /** Whether a module has a row, if it is called. */
  boolean contains(Callee callee) {
    if (!(callee instanceof Module module) || parents[module.index()] == null) {
      return false;
    }
    int depth = depths[module.index()];
    return depth == maxDepth || (depth < maxDepth && !above[module.index()]);
  }

  /** The classes above a module with a row, from the root on, with slashes between. */
  String parentsOf(Module module) {
    return parents[module.index()];
  }
}
