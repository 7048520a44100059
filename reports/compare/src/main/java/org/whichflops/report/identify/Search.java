package org.whichflops.report.identify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.explain.Side;

/** Tries a printed number on many networks, inputs and conventions. */
final class Search {
  private final PrintedNumber claim;
  private final List<Convention> conventions;

  Search(PrintedNumber claim, List<Convention> conventions) {
    this.claim = claim;
    this.conventions = conventions;
  }

  /** Every count of the variants that is printed so, the plainest first. */
  List<Candidate> matches(Collection<Variant> variants, List<Slip> slips) {
    List<Candidate> found =
        variants.parallelStream()
            .flatMap(variant -> of(variant, slips, true).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    found.sort(plainest());
    return withoutRepetition(found);
  }

  /** No slip first, then the model as it is, then the convention that is listed first. */
  private Comparator<Candidate> plainest() {
    Map<String, Integer> positions = new HashMap<>();
    for (Convention convention : conventions) {
      positions.put(convention.about().id(), positions.size());
    }
    return Comparator.comparing(Candidate::slip)
        .thenComparingInt(Candidate::rank)
        .thenComparing(c -> c.match() == PrintedNumber.Match.EXACT ? 0 : 1)
        .thenComparing(c -> positions.getOrDefault(c.convention(), positions.size()));
  }

  /** A count that a plainer way gives already is not told again. */
  private static List<Candidate> withoutRepetition(List<Candidate> sorted) {
    Set<String> known = new HashSet<>();
    return sorted.stream()
        .filter(c -> known.add(c.model() + " " + c.convention() + " " + c.value()))
        .toList();
  }

  /** The counts of the variants that come nearest, the nearest first. */
  List<Candidate> nearest(Collection<Variant> variants, int most) {
    return variants.parallelStream()
        .flatMap(variant -> of(variant, List.of(Slip.NONE), false).stream())
        .sorted(Comparator.comparingDouble(Candidate::distance))
        .limit(most)
        .toList();
  }

  private List<Candidate> of(Variant variant, List<Slip> slips, boolean matchesOnly) {
    List<Candidate> found = new ArrayList<>();
    Sweep sweep =
        new Sweep(
            List.of(variant.network()), variant.batches(), variant.resolutions(), conventions);
    try {
      sweep.run(
          point -> {
            for (int i = 0; i < conventions.size(); i++) {
              if (point.value(i) > 0 && (!matchesOnly || mayMatch(point.value(i), slips))) {
                add(found, variant, point, i, slips, matchesOnly);
              }
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /**
   * Whether it is worth a closer look: as near as the claim's digits and the slips can bring it.
   */
  private boolean mayMatch(long value, List<Slip> slips) {
    double ratio = value / claim.value().doubleValue();
    double slack = slips.contains(Slip.BINARY) ? 2.5 : slips.size() > 1 ? 2.2 : 1.0;
    return ratio < 2.2 * slack && ratio > 0.45 / slack;
  }

  /** The counts of a network at its own input, less what its last layer with products counts. */
  List<Candidate> withoutLastLayer(Network network, List<Slip> slips) {
    List<Candidate> found = new ArrayList<>();
    InputSize input = network.input();
    for (Convention convention : conventions) {
      try {
        Side side = Side.of(convention, network, input.shape());
        long value = Math.subtractExact(side.total(), side.lastProducts());
        Candidate without =
            new Candidate(
                network.name(),
                input.batch(),
                input.height(),
                input.width(),
                convention.about().id(),
                value,
                "without the last layer",
                Slip.NONE,
                "",
                null,
                2,
                0);
        add(found, without, slips, true);
      } catch (ToolFailureException | CountOverflowException e) {
        // this convention has no count here
      }
    }
    found.sort(plainest());
    return found;
  }

  private void add(
      List<Candidate> found,
      Variant variant,
      Point point,
      int convention,
      List<Slip> slips,
      boolean matchesOnly) {
    Candidate plain =
        new Candidate(
            variant.network().name(),
            point.batch(),
            point.height(),
            point.width(),
            conventions.get(convention).about().id(),
            point.value(convention),
            variant.change(),
            Slip.NONE,
            "",
            null,
            variant.rank(),
            0);
    add(found, plain, slips, matchesOnly);
  }

  private void add(List<Candidate> found, Candidate plain, List<Slip> slips, boolean matchesOnly) {
    for (Slip slip : slips) {
      if (slip.applies(claim)) {
        BigDecimal shown = slip.of(plain.value(), claim);
        PrintedNumber.Match match = claim.match(shown).orElse(null);
        if (match != null || !matchesOnly) {
          PrintedNumber.Match style = match == null ? PrintedNumber.Match.ROUNDED : match;
          found.add(plain.judged(slip, claim.printed(shown, style), match, claim.distance(shown)));
        }
      }
    }
  }
}
