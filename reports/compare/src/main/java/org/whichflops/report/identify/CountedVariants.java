package org.whichflops.report.identify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;

/** Variants that are counted when somebody looks at them, and no more than once. */
final class CountedVariants implements Supplier<List<CountedInput>> {
  private final List<Variant> variants;
  private final List<Convention> conventions;
  private @Nullable List<CountedInput> counted;

  CountedVariants(List<Variant> variants, List<Convention> conventions) {
    this.variants = variants;
    this.conventions = conventions;
  }

  @Override
  public List<CountedInput> get() {
    List<CountedInput> known = counted;
    if (known == null) {
      known = count();
      counted = known;
    }
    return known;
  }

  /** Counts on all processors, the variants of one network one after another. */
  private List<CountedInput> count() {
    Map<Network, List<Variant>> byNetwork = new LinkedHashMap<>();
    for (Variant variant : variants) {
      byNetwork.computeIfAbsent(variant.network(), n -> new ArrayList<>()).add(variant);
    }
    return List.copyOf(byNetwork.values()).parallelStream()
        .map(this::countOneNetwork)
        .flatMap(List::stream)
        .toList();
  }

  private List<CountedInput> countOneNetwork(List<Variant> ofOne) {
    Point point = new Point(ofOne.get(0).network(), conventions, new HashMap<>());
    return ofOne.stream().flatMap(variant -> variant.count(point).stream()).toList();
  }
}
