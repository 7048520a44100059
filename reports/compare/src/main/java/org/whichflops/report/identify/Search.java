package org.whichflops.report.identify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.explain.Side;

/** Tries a printed number on many networks, inputs and conventions. */
final class Search {
  private final PrintedNumber claim;
  private final List<Convention> conventions;
  private final double size;

  /** What was counted before: one round after another looks at it. */
  private final Map<Variant, List<Counts>> counted = new ConcurrentHashMap<>();

  Search(PrintedNumber claim, List<Convention> conventions) {
    this.claim = claim;
    this.conventions = conventions;
    this.size = claim.value().doubleValue();
  }

  /** Every count of the variants that is printed so, the plainest first. */
  List<Candidate> matches(Collection<Variant> variants, List<Slip> slips) {
    count(variants);
    List<Candidate> found = new ArrayList<>();
    for (Variant variant : variants) {
      for (Counts counts : countsOf(variant)) {
        for (int i = 0; i < conventions.size(); i++) {
          if (mayMatch(counts.values[i], slips)) {
            add(found, variant, counts, i, slips, true);
          }
        }
      }
    }
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
    count(variants);
    List<Candidate> found = new ArrayList<>();
    for (Variant variant : variants) {
      for (Counts counts : countsOf(variant)) {
        for (int i = 0; i < conventions.size(); i++) {
          if (counts.values[i] > 0) {
            add(found, variant, counts, i, List.of(Slip.NONE), false);
          }
        }
      }
    }
    return found.stream()
        .sorted(Comparator.comparingDouble(Candidate::distance))
        .limit(most)
        .toList();
  }

  /** What the conventions make of a network at one input; {@link Point#NONE} where nothing. */
  private static final class Counts {
    private final long batch;
    private final long height;
    private final long width;
    private final long[] values;

    Counts(Point point) {
      batch = point.batch();
      height = point.height();
      width = point.width();
      values = new long[point.conventions().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = point.value(i);
      }
    }
  }

  private List<Counts> countsOf(Variant variant) {
    return Objects.requireNonNull(counted.get(variant));
  }

  /**
   * Counts the variants that are new, on all processors, those of one network one after another.
   */
  private void count(Collection<Variant> variants) {
    Map<Network, List<Variant>> byNetwork = new LinkedHashMap<>();
    for (Variant variant : variants) {
      if (!counted.containsKey(variant)) {
        byNetwork.computeIfAbsent(variant.network(), n -> new ArrayList<>()).add(variant);
      }
    }
    byNetwork.values().parallelStream().forEach(this::countOneNetwork);
  }

  private void countOneNetwork(List<Variant> variants) {
    Network network = variants.get(0).network();
    Point point = new Point(network, conventions, new HashMap<>());
    for (Variant variant : variants) {
      List<Counts> counts = new ArrayList<>();
      List<Long> batches = variant.batches();
      for (long batch : batches.isEmpty() ? List.of(network.input().batch()) : batches) {
        if (variant.resolutions().isEmpty()) {
          counts.add(count(point, batch, null));
        }
        for (Resolution resolution : variant.resolutions()) {
          counts.add(count(point, batch, resolution));
        }
      }
      counted.put(variant, counts);
    }
  }

  private static Counts count(Point point, long batch, @Nullable Resolution resolution) {
    point.count(batch, resolution);
    return new Counts(point);
  }

  /**
   * Whether it is worth a closer look: as near as the claim's digits and the slips can bring it.
   */
  private boolean mayMatch(long value, List<Slip> slips) {
    double ratio = value / size;
    double slack = slips.contains(Slip.BINARY) ? 2.5 : slips.size() > 1 ? 2.2 : 1.0;
    return value > 0 && ratio < 2.2 * slack && ratio > 0.45 / slack;
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
      Counts counts,
      int convention,
      List<Slip> slips,
      boolean matchesOnly) {
    Candidate plain =
        new Candidate(
            variant.network().name(),
            counts.batch,
            counts.height,
            counts.width,
            conventions.get(convention).about().id(),
            counts.values[convention],
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
