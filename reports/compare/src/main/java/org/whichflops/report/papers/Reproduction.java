package org.whichflops.report.papers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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

/** Counts the networks of published numbers at their inputs, under every convention. */
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
      return new Finding(
          number, Finding.State.OPEN, List.of(), Finding.NONE, "the network is not in the zoo");
    }
    Counts counts = counts(number.model(), number.resolution());
    List<String> matching = new ArrayList<>();
    long first = Finding.NONE;
    if (number.parameters()) {
      first = counts.parameters();
      if (number.claim().match(BigDecimal.valueOf(first)).isPresent()) {
        matching.add("params");
      }
    } else {
      for (int i = 0; i < conventions.size(); i++) {
        long value = counts.values().get(i);
        if (value != Point.NONE && number.claim().match(BigDecimal.valueOf(value)).isPresent()) {
          first = matching.isEmpty() ? value : first;
          matching.add(conventions.get(i).about().id());
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
