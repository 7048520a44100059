package org.whichflops.golden;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.whichflops.zoo.Zoo;
import org.whichflops.zoo.architecture.Architecture;

/** Networks for tests of what holds for the whole zoo, which takes minutes. */
public final class ZooSample {
  private ZooSample() {}

  /** The name of one network of each family; of all networks under {@code -Pexhaustive}. */
  public static List<String> names() {
    Set<String> families = new HashSet<>();
    return Zoo.architectures().stream()
        .filter(one -> families.add(one.family()) || Boolean.getBoolean("exhaustive"))
        .map(Architecture::name)
        .toList();
  }
}
