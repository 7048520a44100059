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
  private final Map<String, Counts> known = new HashMap<>();

  /** What all conventions make of one network at one input. */
  private record Counts(long parameters, List<Long> values) {}

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
    Counts counts = counts(number.model(), number.resolution());
    List<String> matching = new ArrayList<>();
    long first = Finding.NONE;
    if (number.parameters()) {
      first = counts.parameters();
      if (number.isPrintedFor(first)) {
        matching.add("params");
      }
    } else {
      for (int i = 0; i < conventions.size(); i++) {
        long value = counts.values().get(i);
        String id = conventions.get(i).about().id();
        if (value != Point.NONE && couldHaveCounted(id, number) && number.isPrintedFor(value)) {
          first = matching.isEmpty() ? value : first;
          matching.add(id);
        }
      }
      if (matching.isEmpty()) {
        first = counts.values().get(0);
      }
    }
    if (!matching.isEmpty()) {
      return new Finding(number, Finding.State.REPRODUCED, matching, first, "");
    }
    Finding.State state = number.reason().isEmpty() ? Finding.State.OPEN : Finding.State.EXPLAINED;
    return new Finding(number, state, matching, first, number.reason());
  }

  /** A tool is no source of a number that is older than its first version. */
  private static boolean couldHaveCounted(String convention, PublishedNumber number) {
    return number.printedIn() == 0 || FirstYears.of(convention) <= number.printedIn();
  }

  private Counts counts(String model, @org.jspecify.annotations.Nullable Resolution resolution) {
    return known.computeIfAbsent(
        model + " at " + resolution,
        key -> {
          Network network = Zoo.build(model);
          List<Long> values = new ArrayList<>();
          List<Resolution> resolutions = resolution == null ? List.of() : List.of(resolution);
          try {
            new Sweep(List.of(network), List.of(), resolutions, conventions)
                .run(
                    point -> {
                      for (int i = 0; i < conventions.size(); i++) {
                        values.add(point.value(i));
                      }
                    });
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return new Counts(network.parameters(), values);
        });
  }
}
