package org.whichflops.report.identify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.explain.Side;

/** Tries a printed number on many networks, inputs and conventions. */
final class Search {
  private static final Comparator<Candidate> BY_DISTANCE =
      Comparator.comparingDouble(Candidate::distance);

  private final PrintedNumber claim;
  private final List<Convention> conventions;
  private final boolean[] countsParameters;
  private final double size;

  Search(PrintedNumber claim, List<Convention> conventions) {
    this.claim = claim;
    this.conventions = conventions;
    this.size = claim.value().doubleValue();
    this.countsParameters = new boolean[conventions.size()];
    for (int i = 0; i < countsParameters.length; i++) {
      countsParameters[i] = conventions.get(i).about().quantity().equals(Candidate.PARAMETERS);
    }
  }

  /** Every count of the inputs that is printed so, the plainest first. */
  List<Candidate> matches(List<CountedInput> inputs, List<Slip> slips) {
    List<Candidate> found = new ArrayList<>();
    for (CountedInput input : inputs) {
      for (int i = 0; i < conventions.size(); i++) {
        if (mayMatch(input.value(i), slips) && isAskedFor(i)) {
          add(found, candidate(input, i), slips);
        }
      }
      if (mayMatch(input.parameters(), slips)) {
        add(found, parameters(input), slips);
      }
    }
    found.sort(plainest());
    return withoutRepetition(found);
  }

  private Candidate candidate(CountedInput input, int convention) {
    return input.candidate(
        conventions.get(convention).about().id(),
        input.value(convention),
        countsParameters[convention]);
  }

  private static Candidate parameters(CountedInput input) {
    return input.candidate(Candidate.PARAMETERS, input.parameters(), true);
  }

  /** Whether a convention counts what the claim says it is about, where it says that. */
  private boolean isAskedFor(int convention) {
    return countsParameters[convention] || !claim.saysParameters();
  }

  /** No slip first, then the model as it is, then the convention that is listed first. */
  private Comparator<Candidate> plainest() {
    Map<String, Integer> positions = new HashMap<>();
    for (Convention convention : conventions) {
      positions.put(convention.about().id(), positions.size());
    }
    return Comparator.comparing(Candidate::slip)
        .thenComparingInt(Candidate::rank)
        .thenComparing(Candidate::ofParameters)
        .thenComparing(c -> c.match() == PrintedNumber.Match.EXACT ? 0 : 1)
        .thenComparing(c -> positions.getOrDefault(c.convention(), -1));
  }

  /** A count that a plainer way gives already is not told again. */
  private static List<Candidate> withoutRepetition(List<Candidate> sorted) {
    Set<String> known = new HashSet<>();
    return sorted.stream()
        .filter(c -> known.add(c.model() + " " + c.convention() + " " + c.value()))
        .toList();
  }

  /** The counts of the inputs that come nearest, the nearest first. */
  List<Candidate> nearest(List<CountedInput> inputs, int most) {
    // The farthest of the nearest is on top, and gives way to whatever is nearer.
    PriorityQueue<Candidate> nearest = new PriorityQueue<>(BY_DISTANCE.reversed());
    Set<String> models = new HashSet<>();
    for (CountedInput input : inputs) {
      if (!claim.saysParameters()) {
        for (int i = 0; i < conventions.size(); i++) {
          if (!countsParameters[i] && isNearer(input.value(i), nearest, most)) {
            keep(candidate(input, i), nearest, most);
          }
        }
      } else if (models.add(input.model()) && isNearer(input.parameters(), nearest, most)) {
        keep(parameters(input), nearest, most);
      }
    }
    List<Candidate> sorted = new ArrayList<>(nearest);
    sorted.sort(BY_DISTANCE.thenComparing(plainest()));
    return sorted;
  }

  private boolean isNearer(long value, PriorityQueue<Candidate> nearest, int most) {
    return value > 0
        && (nearest.size() < most || claim.distance((double) value) < nearest.element().distance());
  }

  private void keep(Candidate plain, PriorityQueue<Candidate> nearest, int most) {
    BigDecimal value = BigDecimal.valueOf(plain.value());
    String printed = claim.printed(value, PrintedNumber.Match.ROUNDED);
    nearest.add(plain.judged(Slip.NONE, printed, null, claim.distance((double) plain.value())));
    if (nearest.size() > most) {
      nearest.remove();
    }
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
    if (claim.saysParameters()) {
      return found;
    }
    InputSize input = network.input();
    for (Convention convention : conventions) {
      try {
        Side side = Side.of(convention, network, input.shape());
        CountedInput without =
            new CountedInput(
                network.name(),
                network.parameters(),
                input.batch(),
                input.height(),
                input.width(),
                "without the last layer",
                2);
        long value = Math.subtractExact(side.total(), side.lastProducts());
        add(found, without.candidate(convention.about().id(), value, false), slips);
      } catch (ToolFailureException | CountOverflowException e) {
        // this convention has no count here
      }
    }
    found.sort(plainest());
    return found;
  }

  /** Adds what is printed as the claim; nobody halves or doubles a number of parameters. */
  private void add(List<Candidate> found, Candidate plain, List<Slip> slips) {
    for (Slip slip : slips) {
      if (slip.applies(claim) && (slip.isOfUnits() || !plain.ofParameters())) {
        BigDecimal shown = slip.of(plain.value(), claim);
        claim
            .match(shown)
            .ifPresent(
                match ->
                    found.add(
                        plain.judged(
                            slip,
                            claim.printed(shown, match),
                            match,
                            claim.distance(shown.doubleValue()))));
      }
    }
  }
}
