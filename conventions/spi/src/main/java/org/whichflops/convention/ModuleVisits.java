package org.whichflops.convention;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;

/**
 * How often a walk from the root through {@code named_children()} comes to each module. A module
 * under two parents is come to twice, which is how tools count it twice.
 */
public final class ModuleVisits {
  /** By module; empty where each is come to once. */
  private final long[] visits;

  /**
   * Counts the ways to each module.
   *
   * @param descends whether the walk goes on into a module's children; asked of modules that have
   *     some
   */
  public ModuleVisits(Network network, Predicate<Module> descends) {
    boolean once = network.isTree() && network.containers().stream().allMatch(descends);
    visits = new long[once ? 0 : network.modules().size()];
    if (!once && !count(network, network.containers(), descends)) {
      Arrays.fill(visits, 0);
      count(network, parentsFirst(network), descends);
    }
  }

  /** Whether the walk comes to each module once. */
  public boolean isOnceEach() {
    return visits.length == 0;
  }

  /**
   * Counts in an order in which a module's number has to be complete when its children are come to.
   *
   * @return false where one of a module's parents has a larger index than it: modules are numbered
   *     as they are come to first
   */
  private boolean count(Network network, List<Module> order, Predicate<Module> descends) {
    boolean numberedFirst = true;
    int[] lastParent = new int[visits.length];
    visits[network.root().index()] = 1;
    for (Module module : order) {
      if (descends.test(module)) {
        for (Module child : module.children().values()) {
          // named_children() names a child once, under however many names it stands there
          if (lastParent[child.index()] != module.index() + 1) {
            lastParent[child.index()] = module.index() + 1;
            visits[child.index()] = Math.addExact(visits[child.index()], visits[module.index()]);
            numberedFirst &= module.index() < child.index();
          }
        }
      }
    }
    return numberedFirst;
  }

  private static List<Module> parentsFirst(Network network) {
    Module[] order = new Module[network.modules().size()];
    finish(network.root(), order, new boolean[order.length], order.length);
    return Arrays.asList(order);
  }

  /** Fills the order from its end with modules whose children are all placed. */
  private static int finish(Module module, Module[] order, boolean[] seen, int free) {
    seen[module.index()] = true;
    int next = free;
    for (Module child : module.children().values()) {
      if (!seen[child.index()]) {
        next = finish(child, order, seen, next);
      }
    }
    order[next - 1] = module;
    return next - 1;
  }

  /** The number of ways to a module. */
  public long of(Module module) {
    return visits.length == 0 ? 1 : visits[module.index()];
  }
}
