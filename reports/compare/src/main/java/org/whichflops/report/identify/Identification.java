package org.whichflops.report.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;

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

  /**
   * Searches the whole zoo at its usual resolutions, under all given conventions.
   *
   * @param counts of these conventions
   */
  public static Identification inZoo(
      PrintedNumber claim, List<Convention> conventions, ZooCounts counts) {
    return new Rounds(claim, conventions, counts::inputs).result();
  }

  /**
   * Searches what people may have meant by one model of the zoo, plain readings first.
   *
   * @param request the model as users type it
   */
  public static Identification ofModel(
      PrintedNumber claim, String request, Network network, List<Convention> conventions) {
    List<Variant> options = Variants.options(request);
    List<Variant> inputs = new ArrayList<>(Variants.inputs(network));
    options.stream().filter(v -> v.rank() != 1).forEach(inputs::add);
    List<Variant> nearOptions = options.stream().filter(v -> v.rank() == 1).toList();
    return new Rounds(claim, conventions, Variants.own(network))
        .then(nearOptions)
        .thenWithoutLastLayer(network)
        .thenWithFactors(inputs)
        .result();
  }

  /** The same for a network from a file, which has no options. */
  public static Identification ofFile(
      PrintedNumber claim, Network network, List<Convention> conventions) {
    return new Rounds(claim, conventions, Variants.own(network))
        .thenWithoutLastLayer(network)
        .thenWithFactors(Variants.inputs(network))
        .result();
  }

  /** Looks further only where nothing nearer is printed so; at slips last of all. */
  private static final class Rounds {
    private static final List<Slip> PLAIN = List.of(Slip.NONE);
    private static final List<Slip> FACTORS = List.of(Slip.DOUBLED, Slip.HALVED);
    private static final List<Slip> SLIPS = List.of(Slip.DOUBLED, Slip.HALVED, Slip.BINARY);

    private final PrintedNumber claim;
    private final List<Convention> conventions;
    private final Search search;
    private final Supplier<List<CountedInput>> own;
    private final List<Function<List<Slip>, List<Candidate>>> rounds = new ArrayList<>();
    private final List<Supplier<List<CountedInput>>> inputs = new ArrayList<>();

    Rounds(PrintedNumber claim, List<Convention> conventions, Variant own) {
      this(claim, conventions, new CountedVariants(List.of(own), conventions));
    }

    /**
     * Rounds of which the first is as people had it most likely.
     *
     * @param own what is looked at first
     */
    Rounds(PrintedNumber claim, List<Convention> conventions, Supplier<List<CountedInput>> own) {
      this.claim = claim;
      this.conventions = conventions;
      this.search = new Search(claim, conventions);
      this.own = own;
      inputs.add(own);
      rounds.add(slips -> search.matches(own.get(), slips));
    }

    Rounds then(List<Variant> variants) {
      Supplier<List<CountedInput>> round = new CountedVariants(variants, conventions);
      inputs.add(round);
      rounds.add(slips -> search.matches(round.get(), slips));
      return this;
    }

    /** Other inputs, which are no likelier than a factor of two at the first: both are told. */
    Rounds thenWithFactors(List<Variant> variants) {
      Supplier<List<CountedInput>> round = new CountedVariants(variants, conventions);
      inputs.add(round);
      rounds.add(
          slips -> {
            List<Candidate> found = new ArrayList<>(search.matches(round.get(), slips));
            if (slips.equals(PLAIN)) {
              found.addAll(search.matches(own.get(), FACTORS));
            }
            return found;
          });
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
      List<CountedInput> all = inputs.stream().flatMap(round -> round.get().stream()).toList();
      return new Identification(claim, search.nearest(all, NEAREST));
    }
  }
}
