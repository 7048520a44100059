package org.whichflops.report.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Why one count differs from another: named causes whose amounts add up to both totals.
 *
 * @param from the one side's name
 * @param to the other side's name
 * @param items every cause at every layer
 */
public record Ledger(String from, String to, List<Item> items) {
  /** A cause at one layer; the layer is empty for what belongs to none. */
  public record Item(String layer, Cause cause) {}

  /** Keeps the list as it is. */
  public Ledger {
    items = List.copyOf(items);
  }

  /** The ledger of two conventions that counted the same network at the same input. */
  public static Ledger between(Side from, Side to) {
    List<Item> items = new ArrayList<>();
    Set<String> layers = new LinkedHashSet<>(from.layers().keySet());
    layers.addAll(to.layers().keySet());
    ConventionCauses causes = new ConventionCauses(from, to);
    for (String layer : layers) {
      causes.of(from.layers().get(layer), to.layers().get(layer), c -> items.add(item(layer, c)));
    }
    from.adjustments()
        .forEach(a -> items.add(adjustment(a.label().words(), from.name(), a.amount(), 0)));
    to.adjustments()
        .forEach(a -> items.add(adjustment(a.label().words(), to.name(), 0, a.amount())));
    return new Ledger(from.name(), to.name(), items);
  }

  /** The ledger of one convention's counts of two networks, or of one network at two inputs. */
  public static Ledger between(NetworkSide from, NetworkSide to) {
    List<Item> items = new ArrayList<>();
    NetworkCauses.of(from, to).forEach((layer, cause) -> items.add(item(layer, cause)));
    from.side()
        .adjustments()
        .forEach(a -> items.add(adjustment(a.label().words(), from.name(), a.amount(), 0)));
    to.side()
        .adjustments()
        .forEach(a -> items.add(adjustment(a.label().words(), to.name(), 0, a.amount())));
    return new Ledger(from.name(), to.name(), items);
  }

  private static Item item(String layer, Cause cause) {
    return new Item(layer, cause);
  }

  private static Item adjustment(String words, String side, long from, long to) {
    return new Item("", new Cause(words + " (" + side + ")", "adjustment", 0, from, to));
  }

  /** The one side's total. */
  public long fromTotal() {
    return items.stream().mapToLong(item -> item.cause().from()).reduce(0, Math::addExact);
  }

  /** The other side's total. */
  public long toTotal() {
    return items.stream().mapToLong(item -> item.cause().to()).reduce(0, Math::addExact);
  }

  /** How much more the other side counts. */
  public long difference() {
    return Math.subtractExact(toTotal(), fromTotal());
  }

  /** The causes, over all layers, the largest difference first. */
  public List<Cause> causes() {
    return grouped(item -> item.cause().text() + "\n" + item.cause().kind(), item -> item.cause());
  }

  /** One row a kind of layer, the largest difference first. */
  public List<Cause> kinds() {
    return grouped(
        item -> item.cause().kind(),
        item -> renamed(item, item.cause().kind(), item.cause().kind()));
  }

  /** One row a layer, in the order of the network; the text is the layer's path. */
  public List<Cause> layers() {
    Map<String, Cause> sums = new LinkedHashMap<>();
    for (Item item : items) {
      String layer = item.layer().isEmpty() ? "(" + item.cause().text() + ")" : item.layer();
      sums.merge(layer, renamed(item, layer, item.cause().kind()), Cause::plus);
    }
    return List.copyOf(sums.values());
  }

  private static Cause renamed(Item item, String text, String kind) {
    Cause cause = item.cause();
    return new Cause(text, kind, cause.calls(), cause.from(), cause.to());
  }

  private List<Cause> grouped(
      java.util.function.Function<Item, String> key,
      java.util.function.Function<Item, Cause> value) {
    Map<String, Cause> sums = new LinkedHashMap<>();
    for (Item item : items) {
      sums.merge(key.apply(item), value.apply(item), Cause::plus);
    }
    List<Cause> sorted = new ArrayList<>(sums.values());
    sorted.sort(Comparator.comparingLong((Cause cause) -> Math.abs(cause.difference())).reversed());
    return List.copyOf(sorted);
  }
}
