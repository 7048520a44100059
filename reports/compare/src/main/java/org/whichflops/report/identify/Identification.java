package org.whichflops.report.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

/**
 * What a printed number is.
 *
 * @param claim the number
 * @param candidates what is printed so, the plainest first; where nothing is, what comes nearest
 */
public record Identification(PrintedNumber claim, List<Candidate> candidates) {
  private static final int NEAREST = 5;

  /** Keeps the list as it is. */
  public Identification {
    candidates = List.copyOf(candidates);
  }

  /** Whether anything known is printed so. */
  public boolean found() {
    return !candidates.isEmpty() && candidates.get(0).match() != null;
  }

  /** Searches the whole zoo at its usual resolutions, under all given conventions. */
  public static Identification inZoo(PrintedNumber claim, List<Convention> conventions) {
    List<Variant> variants =
        Zoo.architectures().parallelStream()
            .map(architecture -> Zoo.build(architecture.name()))
            .flatMap(network -> Stream.of(Variants.own(network), Variants.resolutions(network)))
            .toList();
    return new Rounds(claim, conventions).then(variants).result();
  }

  /**
   * Searches what people may have meant by one model of the zoo, plain readings first.
   *
   * @param request the model as users type it
   */
  public static Identification ofModel(
      PrintedNumber claim, String request, Network network, List<Convention> conventions) {
    List<Variant> options = Variants.options(request);
    List<Variant> inputs =
        new ArrayList<>(List.of(Variants.resolutions(network), Variants.batches(network)));
    options.stream().filter(v -> v.rank() != 1).forEach(inputs::add);
    return new Rounds(claim, conventions)
        .then(List.of(Variants.own(network)))
        .then(options.stream().filter(v -> v.rank() == 1).toList())
        .thenWithoutLastLayer(network)
        .then(inputs)
        .result();
  }

  /** The same for a network from a file, which has no options. */
  public static Identification ofFile(
      PrintedNumber claim, Network network, List<Convention> conventions) {
    return new Rounds(claim, conventions)
        .then(List.of(Variants.own(network)))
        .thenWithoutLastLayer(network)
        .then(List.of(Variants.resolutions(network), Variants.batches(network)))
        .result();
  }

  /** Looks further only where nothing nearer is printed so; at slips last of all. */
  private static final class Rounds {
    private static final List<Slip> PLAIN = List.of(Slip.NONE);
    private static final List<Slip> SLIPS = List.of(Slip.DOUBLED, Slip.HALVED, Slip.BINARY);

    private final PrintedNumber claim;
    private final Search search;
    private final List<Function<List<Slip>, List<Candidate>>> rounds = new ArrayList<>();
    private final List<Variant> variants = new ArrayList<>();

    Rounds(PrintedNumber claim, List<Convention> conventions) {
      this.claim = claim;
      this.search = new Search(claim, conventions);
    }

    Rounds then(List<Variant> round) {
      rounds.add(slips -> search.matches(round, slips));
      variants.addAll(round);
      return this;
    }

    Rounds thenWithoutLastLayer(Network network) {
      rounds.add(slips -> search.withoutLastLayer(network, slips));
      return this;
    }

    Identification result() {
      for (List<Slip> slips : List.of(PLAIN, SLIPS)) {
        for (Function<List<Slip>, List<Candidate>> round : rounds) {
          List<Candidate> found = round.apply(slips);
          if (!found.isEmpty()) {
            return new Identification(claim, found);
          }
        }
      }
      return new Identification(claim, search.nearest(variants, NEAREST));
    }
  }
}
