package org.whichflops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.golden.GoldenOtherModels;
import org.whichflops.golden.GoldenTotals;
import org.whichflops.zoo.Zoo;

/**
 * What is true of a model: what tools returned for it, and for conventions that nobody ran on it
 * what they make of the zoo's model, which is itself held to the tools.
 */
final class TrueCounts {
  private static final Conventions CONVENTIONS = Conventions.installed();

  /** The formulas' options that say how batch norms are taken, as a folded file takes them. */
  private static final List<String> OPTIONS =
      List.of("mac(bias=true,bn=folded)", "exact(bn=folded)");

  private static final Map<String, List<Count>> RETURNED = returned();
  private static final Map<String, Long> PARAMETERS = readParameters();
  private static final Map<String, Network> ZOO = new ConcurrentHashMap<>();

  private TrueCounts() {}

  /**
   * A number to be met.
   *
   * @param parameters what the tool says of them; empty where it does not
   */
  record Count(Shape input, String convention, long value, OptionalLong parameters) {}

  private static Map<String, Long> readParameters() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    TrueCounts.class.getResourceAsStream("/org/whichflops/format/models.csv")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .collect(Collectors.toMap(row -> row[0], row -> Long.parseLong(row[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parameters of the model itself, frozen ones too; empty where nobody asked it. */
  static OptionalLong parameters(String model) {
    Long parameters = PARAMETERS.get(model);
    return parameters == null ? OptionalLong.empty() : OptionalLong.of(parameters);
  }

  private static Map<String, List<Count>> returned() {
    Map<String, List<Count>> byModel = new HashMap<>();
    GoldenTotals.all().stream()
        .filter(total -> !total.failed())
        .forEach(
            total ->
                byModel
                    .computeIfAbsent(total.model(), m -> new ArrayList<>())
                    .add(
                        new Count(
                            Shape.of(total.batch(), 3, total.height(), total.width()),
                            total.convention(),
                            number(total.value()),
                            optional(total.params()))));
    GoldenOtherModels.all().stream()
        .filter(result -> !result.value().isEmpty())
        .forEach(
            result ->
                byModel
                    .computeIfAbsent(result.model(), m -> new ArrayList<>())
                    .add(
                        new Count(
                            shape(result.input()),
                            result.convention(),
                            number(result.value()),
                            optional(result.params()))));
    return byModel;
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  private static long number(String text) {
    return new BigDecimal(text).longValueExact();
  }

  private static OptionalLong optional(String text) {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(text));
  }

  /** What tools returned for a model; of none where none was run on it. */
  static List<Count> returnedFor(String model) {
    return RETURNED.getOrDefault(model, List.of()).stream()
        .filter(count -> CONVENTIONS.ids().contains(count.convention().replaceFirst("\\(.*", "")))
        .toList();
  }

  static boolean inZoo(String model) {
    return Zoo.architectures().stream().anyMatch(a -> a.name().equals(model));
  }

  static Network zoo(String model) {
    return ZOO.computeIfAbsent(model, Zoo::build);
  }

  /** Every convention's id, and the formulas' options. */
  static List<String> conventions() {
    List<String> all = new ArrayList<>(CONVENTIONS.ids());
    all.addAll(OPTIONS);
    return all;
  }

  /** What is true of a model: of tools at their inputs, of all others at the file's own. */
  static List<Count> of(String model, Shape own) {
    List<Count> all = new ArrayList<>(returnedFor(model));
    if (inZoo(model)) {
      Set<String> there = new HashSet<>();
      all.forEach(count -> there.add(count.convention()));
      Counted zoo = new Counted(zoo(model));
      for (String id : conventions()) {
        if (!there.contains(id)) {
          Convention convention = CONVENTIONS.find(id);
          try {
            zoo.total(convention, own)
                .ifPresent(value -> all.add(new Count(own, id, value, OptionalLong.empty())));
          } catch (ToolFailureException | ShapeException e) {
            // nothing is true there
          }
        }
      }
    }
    return all;
  }

  /** Counts a network under many conventions, with one forward pass an input and mode. */
  static final class Counted {
    private final Network network;
    private final Map<String, ForwardPass> passes = new HashMap<>();
    private final Set<Shape> refused = new HashSet<>();

    Counted(Network network) {
      this.network = network;
    }

    /** Whether the network takes an input: a static export takes one. */
    boolean takes(Shape input) {
      if (refused.contains(input)) {
        return false;
      }
      try {
        pass(Mode.DECOMPOSED, input);
        return true;
      } catch (ShapeException e) {
        refused.add(input);
        return false;
      }
    }

    private ForwardPass pass(Mode mode, Shape input) {
      return passes.computeIfAbsent(input + " " + mode, key -> network.forward(mode, input));
    }

    /**
     * Empty where a formula asks what a file does not tell, as the cell is then.
     *
     * @throws ShapeException where the tool counts one image, and the file takes no single one
     */
    OptionalLong total(Convention convention, Shape input) {
      try {
        return OptionalLong.of(convention.counter(network).total(pass(convention.mode(), input)));
      } catch (UnknownQuantityException e) {
        return OptionalLong.empty();
      }
    }

    long parameters(Convention convention, Shape input) {
      return convention.counter(network).parameters(pass(convention.mode(), input));
    }
  }
}
