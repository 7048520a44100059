package org.whichflops.zoo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.architecture.Architecture;

/** Every architecture by name. */
public final class Zoo {
  private Zoo() {}

  /** All architectures, by name. */
  public static List<Architecture> architectures() {
    Map<String, Architecture> all = new TreeMap<>();
    for (Family family : Family.values()) {
      for (Architecture architecture : family.architectures()) {
        if (all.put(architecture.name(), architecture) != null) {
          throw new IllegalStateException(
              "two architectures are called '" + architecture.name() + "'");
        }
        if (!family.mayHave(architecture.name())) {
          throw new IllegalStateException(
              "the name '%s' does not begin as those of %s do"
                  .formatted(architecture.name(), family));
        }
      }
    }
    return List.copyOf(all.values());
  }

  /**
   * The architecture of a name.
   *
   * @throws IllegalArgumentException where there is none, with the nearest names
   */
  public static Architecture architecture(String name) {
    for (Family family : Family.values()) {
      if (family.mayHave(name)) {
        for (Architecture architecture : family.architectures()) {
          if (architecture.name().equals(name)) {
            return architecture;
          }
        }
      }
    }
    List<String> names = architectures().stream().map(Architecture::name).toList();
    throw new IllegalArgumentException(
        "unknown model '%s'; %s".formatted(name, Names.suggestion(name, names)));
  }

  /** Whether a name begins as those of a family do; it may still be none. */
  public static boolean mayHave(String name) {
    for (Family family : Family.values()) {
      if (family.mayHave(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Builds a network.
   *
   * @param request a name, with options in parentheses: {@code mobilenet_v2(width_mult=0.75)}
   * @throws IllegalArgumentException where name, option or value is wrong, saying what is right
   */
  public static Network build(String request) {
    ModelRequest parsed = ModelRequest.parse(request);
    return architecture(parsed.name()).build(parsed.options());
  }
}
