package org.whichflops.report.papers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.zoo.Zoo;

/**
 * Counts the networks of published numbers at their inputs, under every convention that there was
 * when they were printed.
 */
public final class Reproduction {
  private final List<Convention> conventions;
  private final Map<String, Long> parameters = new HashMap<>();
  private final Map<String, Map<String, Long>> counts = new HashMap<>();

  /**
   * A reproduction.
   *
   * @param conventions those to try, the plainest first
   */
  public Reproduction(List<Convention> conventions) {
    this.conventions = conventions;
  }

  /** What comes out for a number. */
  public Finding of(PublishedNumber number) {
    if (number.model().isEmpty()) {
      boolean known = !number.reason().isEmpty();
      return new Finding(
          number,
          known ? Finding.State.EXPLAINED : Finding.State.OPEN,
          List.of(),
          Finding.NONE,
          known ? number.reason() : "the network is not in the zoo");
    }
    List<String> matching = new ArrayList<>();
    long first = Finding.NONE;
    if (number.parameters()) {
      first = parameters.computeIfAbsent(number.model(), m -> Zoo.build(m).parameters());
      if (number.isPrintedFor(first)) {
        matching.add("params");
      }
    } else {
      Map<String, Long> values = values(number);
      first = values.getOrDefault(plainest(), Point.NONE);
      for (Convention convention : conventions) {
        String id = convention.about().id();
        long value = number.canBeOf(id) ? values.getOrDefault(id, Point.NONE) : Point.NONE;
        if (value != Point.NONE && number.isPrintedFor(value)) {
          first = matching.isEmpty() ? value : first;
          matching.add(id);
        }
      }
    }
    if (!matching.isEmpty()) {
      return new Finding(number, Finding.State.REPRODUCED, matching, first, "");
    }
    Finding.State state = number.reason().isEmpty() ? Finding.State.OPEN : Finding.State.EXPLAINED;
    return new Finding(number, state, matching, first, number.reason());
  }

  private String plainest() {
    return conventions.get(0).about().id();
  }

  /** What a number's network has at its input, under the conventions it can be of. */
  private Map<String, Long> values(PublishedNumber number) {
    Map<String, Long> values =
        counts.computeIfAbsent(number.model() + " at " + number.resolution(), k -> new HashMap<>());
    List<Convention> missing = new ArrayList<>();
    for (Convention convention : conventions) {
      String id = convention.about().id();
      if (!values.containsKey(id) && (id.equals(plainest()) || number.canBeOf(id))) {
        missing.add(convention);
      }
    }
    if (!missing.isEmpty()) {
      count(number, missing, values);
    }
    return values;
  }

  private static void count(
      PublishedNumber number, List<Convention> conventions, Map<String, Long> values) {
    Resolution resolution = number.resolution();
    List<Resolution> resolutions = resolution == null ? List.of() : List.of(resolution);
    Network network = Zoo.build(number.model());
    try {
      new Sweep(List.of(network), List.of(), resolutions, conventions)
          .run(
              point -> {
                for (int i = 0; i < conventions.size(); i++) {
                  values.put(conventions.get(i).about().id(), point.value(i));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
