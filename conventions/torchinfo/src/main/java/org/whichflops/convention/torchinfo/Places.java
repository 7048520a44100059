package org.whichflops.convention.torchinfo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.ModuleVisits;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;

/**
 * Every place of every module in the model, as torchinfo's {@code apply_hooks} walks them: a module
 * under two names or parents has two, and all below it as well.
 */
final class Places {
  private static final long MOST = 1_000_000;

  private final List<Row> all = new ArrayList<>();
  private final List<List<Row>> byModule = new ArrayList<>();

  /**
   * Walks a network.
   *
   * @throws CountOverflowException where there are so many ways that the tool would not come back
   */
  Places(Network network) {
    refuseTooMany(network);
    for (int i = 0; i < network.modules().size(); i++) {
      byModule.add(new ArrayList<>());
    }
    Deque<Row> stack = new ArrayDeque<>();
    stack.push(new Row(network.root().type().name(), network.root(), 0, null));
    while (!stack.isEmpty()) {
      Row row = stack.pop();
      all.add(row);
      byModule.get(row.module().index()).add(row);
      List<Map.Entry<String, Module>> children =
          new ArrayList<>(row.module().children().entrySet());
      for (int i = children.size() - 1; i >= 0; i--) {
        Map.Entry<String, Module> child = children.get(i);
        stack.push(new Row(child.getKey(), child.getValue(), row.depth() + 1, row));
      }
    }
  }

  private static void refuseTooMany(Network network) {
    ModuleVisits visits = new ModuleVisits(network, module -> true);
    long ways = 0;
    for (Module module : network.modules()) {
      ways = Math.addExact(ways, visits.of(module));
      if (ways > MOST) {
        throw new CountOverflowException(
            "%s shares modules in more than %d ways, which torchinfo lists one by one"
                .formatted(network.name(), MOST));
      }
    }
  }

  /** All places, parents first. */
  List<Row> all() {
    return all;
  }

  /**
   * The place that 1.8.0 takes a call for: the last, since a module has one hook and each place
   * replaces that of the place before.
   */
  Row last(Module module) {
    List<Row> places = byModule.get(module.index());
    return places.get(places.size() - 1);
  }

  /**
   * The place that later commits take a call for: the first under the module that is running.
   *
   * @param running the rows of the calls that are running, the innermost first
   */
  Row under(Module module, List<Row> running) {
    List<Row> places = byModule.get(module.index());
    if (places.size() == 1 || running.isEmpty()) {
      return places.get(0);
    }
    Set<Module> modules = new HashSet<>();
    running.forEach(row -> modules.add(row.module()));
    for (Row place : places) {
      Row above = runningAbove(place, modules);
      if (above != null && above.module() == running.get(0).module()) {
        return place;
      }
    }
    return places.get(0);
  }

  /** Past containers that are never called, such as a ModuleList. */
  private static @Nullable Row runningAbove(Row place, Set<Module> running) {
    Row above = place.parent();
    while (above != null && !running.contains(above.module())) {
      above = above.parent();
    }
    return above;
  }
}
