package org.whichflops.report.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names what is different between two networks, layer by layer. */
final class NetworkCauses {
  private NetworkCauses() {}

  /** One cause a layer, by the layer's path. */
  static Map<String, Cause> of(NetworkSide from, NetworkSide to) {
    Map<String, Cause> causes = new LinkedHashMap<>();
    from.side()
        .layers()
        .forEach(
            (path, spot) -> {
              Spot other = to.side().layers().get(path);
              causes.put(path, cause(path, spot, other, from, to));
            });
    to.side()
        .layers()
        .forEach(
            (path, spot) -> {
              if (!causes.containsKey(path)) {
                String text = "only in " + to.name();
                causes.put(path, new Cause(text, spot.type(), calls(spot), 0, sum(spot)));
              }
            });
    return causes;
  }

  private static Cause cause(
      String path, Spot a, @Nullable Spot b, NetworkSide from, NetworkSide to) {
    if (b == null) {
      return new Cause("only in " + from.name(), a.type(), calls(a), sum(a), 0);
    }
    String text = ConventionCauses.ALIKE;
    if (sum(a) != sum(b)) {
      text = difference(path, a, b, from, to);
    }
    return new Cause(text, a.type(), Math.max(calls(a), calls(b)), sum(a), sum(b));
  }

  private static String difference(String path, Spot a, Spot b, NetworkSide from, NetworkSide to) {
    if (!a.type().equals(b.type())) {
      return "%s instead of %s".formatted(b.type(), a.type());
    }
    int slash = path.indexOf('/');
    String module = slash < 0 ? path : path.substring(0, slash);
    NetworkSide.Look one = from.looks().get(module);
    NetworkSide.Look two = to.looks().get(module);
    if (one == null || two == null) {
      return "other sizes";
    }
    boolean weights = !one.weight().equals(two.weight());
    boolean outputs = !one.output().equals(two.output());
    if (weights) {
      return outputs ? "other weights, other output size" : "other weights";
    }
    if (outputs) {
      return sameButBatch(one.output(), two.output()) ? "other batch" : "other output size";
    }
    return "other input size or arguments";
  }

  private static boolean sameButBatch(String one, String two) {
    int a = one.indexOf('x');
    int b = two.indexOf('x');
    return a > 0 && b > 0 && one.substring(a).equals(two.substring(b));
  }

  private static long sum(Spot spot) {
    return spot.whole().values().stream().mapToLong(Amount::sum).reduce(0, Math::addExact);
  }

  private static long calls(Spot spot) {
    return spot.whole().values().stream().mapToLong(Amount::calls).max().orElse(0);
  }
}
