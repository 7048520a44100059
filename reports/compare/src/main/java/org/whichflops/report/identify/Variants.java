package org.whichflops.report.identify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Resolution;
import org.whichflops.zoo.ModelRequest;
import org.whichflops.zoo.Zoo;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/** What people may have had when they printed a number: the model, or one they took for it. */
final class Variants {
  /** Sides that papers and tools use; the network's own comes first and is not among them. */
  static final List<Long> SIDES = List.of(224L, 256L, 299L, 320L, 331L, 384L, 512L, 640L);

  /** No 2: that is a factor of two, which people have for other reasons. */
  private static final List<Long> BATCHES = List.of(3L, 4L, 8L, 16L, 32L, 64L, 128L, 256L);

  private static final List<String> WIDTHS =
      List.of("0.25", "0.35", "0.5", "0.75", "1.0", "1.25", "1.3", "1.4", "1.5", "2.0");

  private static final List<String> GROUPS = List.of("1", "2", "3", "4", "8");

  private Variants() {}

  /** The model at its own input. */
  static Variant own(Network network) {
    return new Variant(network, List.of(), List.of(), "", 0);
  }

  /** The model at other resolutions, those that it refuses among them. */
  static Variant resolutions(Network network) {
    List<Resolution> sides =
        SIDES.stream()
            .filter(side -> side != network.input().height() || side != network.input().width())
            .map(side -> new Resolution(side, side))
            .toList();
    return new Variant(network, List.of(), sides, "another resolution", 2);
  }

  /** The model at other resolutions, and at other batches. */
  static List<Variant> inputs(Network network) {
    return List.of(resolutions(network), batches(network));
  }

  /** The model at other batches. */
  private static Variant batches(Network network) {
    return new Variant(network, BATCHES, List.of(), "another batch", 3);
  }

  /**
   * The model with one option changed, at its own input.
   *
   * @param request a zoo model as users type it
   */
  static List<Variant> options(String request) {
    ModelRequest parsed = ModelRequest.parse(request);
    Architecture architecture = Zoo.architecture(parsed.name());
    List<Variant> variants = new ArrayList<>();
    for (Option<?> option : architecture.options()) {
      for (String value : values(option)) {
        Map<String, String> given = new LinkedHashMap<>(parsed.options());
        if (!value.equals(given.put(option.name(), value))
            && !value.equals(String.valueOf(option.fallback()))) {
          add(variants, architecture, given, option);
        }
      }
    }
    return variants;
  }

  private static void add(
      List<Variant> variants,
      Architecture architecture,
      Map<String, String> given,
      Option<?> option) {
    try {
      int rank = option.fallback() instanceof Boolean ? 1 : 4;
      Network network = architecture.build(given);
      variants.add(
          new Variant(
              network, List.of(), List.of(), option.name() + "=" + given.get(option.name()), rank));
    } catch (IllegalArgumentException e) {
      // the architecture has no such network
    }
  }

  private static List<String> values(Option<?> option) {
    if (option.fallback() instanceof Boolean) {
      return List.of("true", "false");
    }
    if (option.fallback() instanceof Double) {
      return WIDTHS;
    }
    if (option.name().endsWith("size")) {
      return SIDES.stream().map(String::valueOf).toList();
    }
    if (option.name().equals("groups")) {
      return GROUPS;
    }
    return option.name().equals("num_classes") || option.name().equals("nc")
        ? LongStream.of(10, 20, 21, 80, 81, 91, 100, 1000, 1001).mapToObj(String::valueOf).toList()
        : List.of();
  }
}
