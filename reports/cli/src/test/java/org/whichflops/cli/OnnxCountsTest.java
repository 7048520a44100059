package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenOtherModels;
import org.whichflops.golden.GoldenTotals;
import org.whichflops.zoo.Zoo;

/**
 * What a convention makes of an ONNX file against what its tool returned for the model, or, for a
 * formula, against what it makes of the zoo's model: the table of docs/formats.md, which must say
 * what comes out here. Every difference has a cause that the page names by its number.
 */
class OnnxCountsTest {
  private static final Conventions CONVENTIONS = Conventions.installed();

  /** Formulas, which no tool returns, with the options that say how batch norms are taken. */
  private static final List<String> FORMULAS =
      List.of("mac", "2mac", "exact", "mac(bias=true,bn=folded)", "exact(bn=folded)");

  private static final int FOLDED = 1;

  /** Why a count differs where nothing is folded: conventions, models and the cause's number. */
  private static final List<Cause> CAUSES =
      List.of(
          new Cause("(ptflops|thop).*", Set.of("r3d_18"), 2),
          new Cause("(calflops|ptflops).*", Set.of("hand_mixed_nobil", "swin_v2_t"), 3),
          new Cause(".*grad=false.*", Set.of("vit_b_16"), 4),
          new Cause("torchprofile", Set.of("swin_t", "swin_v2_t", "vit_b_16"), 5),
          new Cause("pthflops", Set.of("swin_t", "swin_v2_t"), 6),
          new Cause("pytorch-model-summary", Set.of("swin_t", "swin_v2_t"), 7));

  private static final Map<String, List<Cell>> OUTCOMES = compareAll();

  private record Cause(String conventions, Set<String> models, int number) {}

  /** A number to be met. */
  private record Expected(Shape input, String convention, long value) {}

  private enum Outcome {
    EXACT,
    LOWER,
    HIGHER;

    static Outcome of(long actual, long expected) {
      return actual == expected ? EXACT : actual < expected ? LOWER : HIGHER;
    }

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The outcomes of a convention over the models of one kind of file. */
  private static final class Cell {
    private final Map<String, Set<Outcome>> models = new TreeMap<>();

    void add(String model, Outcome outcome) {
      models.computeIfAbsent(model, m -> new TreeSet<>()).add(outcome);
    }

    /** One word where it holds for most models, the others by name. */
    String text(String convention, boolean folded) {
      Map<String, List<String>> byWord = new TreeMap<>();
      models.forEach(
          (model, outcomes) ->
              byWord
                  .computeIfAbsent(word(outcomes), w -> new ArrayList<>())
                  .add(model + cause(convention, model, outcomes, folded)));
      if (byWord.isEmpty()) {
        return "";
      }
      String most =
          byWord.entrySet().stream()
              .max(Map.Entry.comparingByValue((a, b) -> a.size() - b.size()))
              .orElseThrow()
              .getKey();
      StringBuilder text = new StringBuilder(most);
      List<String> same = byWord.remove(most);
      if (!most.equals("exact")) {
        text.append(
            folded ? " (" + FOLDED + ")" : same.get(0).substring(same.get(0).indexOf(" (")));
      }
      byWord.forEach(
          (word, names) ->
              text.append("; ").append(word).append(": ").append(String.join(", ", names)));
      return text.toString();
    }

    private static String word(Set<Outcome> outcomes) {
      Set<Outcome> wrong = new TreeSet<>(outcomes);
      wrong.remove(Outcome.EXACT);
      return wrong.isEmpty()
          ? "exact"
          : wrong.size() > 1 ? "differs" : wrong.iterator().next().text();
    }

    private static String cause(
        String convention, String model, Set<Outcome> outcomes, boolean folded) {
      if (outcomes.equals(Set.of(Outcome.EXACT))) {
        return "";
      }
      for (Cause cause : CAUSES) {
        if (convention.matches(cause.conventions()) && cause.models().contains(model)) {
          return " (" + cause.number() + ")";
        }
      }
      assertThat(folded).as("%s of %s differs without a cause", convention, model).isTrue();
      return " (" + FOLDED + ")";
    }
  }

  private static Map<String, List<Expected>> expected() {
    Map<String, List<Expected>> byModel = new HashMap<>();
    GoldenTotals.all().stream()
        .filter(total -> !total.failed())
        .forEach(
            total ->
                byModel
                    .computeIfAbsent(total.model(), m -> new ArrayList<>())
                    .add(
                        new Expected(
                            Shape.of(total.batch(), 3, total.height(), total.width()),
                            total.convention(),
                            number(total.value()))));
    GoldenOtherModels.all().stream()
        .filter(result -> !result.value().isEmpty())
        .forEach(
            result ->
                byModel
                    .computeIfAbsent(result.model(), m -> new ArrayList<>())
                    .add(
                        new Expected(
                            shape(result.input()), result.convention(), number(result.value()))));
    return byModel;
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  private static long number(String text) {
    return new BigDecimal(text).longValueExact();
  }

  private static boolean inZoo(String model) {
    return Zoo.architectures().stream().anyMatch(a -> a.name().equals(model));
  }

  /** What the formulas make of the zoo's model at a file's own input. */
  private static List<Expected> ofZoo(String file) {
    List<Expected> all = new ArrayList<>();
    if (inZoo(OnnxFiles.model(file))) {
      Network zoo = Zoo.build(OnnxFiles.model(file));
      Shape input = OnnxFiles.network(file).input().shape();
      for (String formula : FORMULAS) {
        Convention convention = CONVENTIONS.find(formula);
        ForwardPass pass = zoo.forward(convention.mode(), input);
        all.add(new Expected(input, formula, convention.counter(zoo).total(pass)));
      }
    }
    return all;
  }

  /** The outcomes by convention; first where no batch norm is folded, then where some are. */
  private static Map<String, List<Cell>> compareAll() {
    Map<String, List<Expected>> golden = expected();
    Map<String, List<Cell>> rows = new LinkedHashMap<>();
    Stream.concat(FORMULAS.stream(), CONVENTIONS.ids().stream())
        .forEach(id -> rows.put(id, List.of(new Cell(), new Cell())));
    for (String file : OnnxFiles.names()) {
      Network network = OnnxFiles.network(file);
      String model = OnnxFiles.model(file);
      Map<String, ForwardPass> passes = new HashMap<>();
      Stream.concat(ofZoo(file).stream(), golden.getOrDefault(model, List.of()).stream())
          .filter(expected -> installed(expected.convention()))
          .forEach(
              expected -> {
                Convention convention = CONVENTIONS.find(expected.convention());
                ForwardPass pass;
                try {
                  pass =
                      passes.computeIfAbsent(
                          expected.input() + " " + convention.mode(),
                          key -> network.forward(convention.mode(), expected.input()));
                } catch (ShapeException e) {
                  return; // exported for another input
                }
                long total = convention.counter(network).total(pass);
                rows.computeIfAbsent(expected.convention(), c -> List.of(new Cell(), new Cell()))
                    .get(OnnxFiles.folded(file) ? 1 : 0)
                    .add(model, Outcome.of(total, expected.value()));
              });
    }
    return rows;
  }

  private static boolean installed(String request) {
    return CONVENTIONS.ids().contains(request.replaceFirst("\\(.*", ""));
  }

  /** The table: conventions with the same outcomes share a row. */
  private static String table(Map<String, List<Cell>> rows) {
    Map<String, List<String>> byCells = new LinkedHashMap<>();
    rows.forEach(
        (id, cells) -> {
          String text =
              "| %s | %s |".formatted(cells.get(0).text(id, false), cells.get(1).text(id, true));
          if (!text.equals("|  |  |")) {
            byCells.computeIfAbsent(text, t -> new ArrayList<>()).add("`" + id + "`");
          }
        });
    return "| convention | nothing folded | batch norms folded |\n| --- | --- | --- |\n"
        + byCells.entrySet().stream()
            .map(row -> "| %s %s\n".formatted(String.join(", ", row.getValue()), row.getKey()))
            .collect(Collectors.joining());
  }

  @Test
  void documentation_saysWhatComesOutOfTheFiles() throws IOException {
    String page = Files.readString(Path.of("../../docs/formats.md"));
    assertThat(page).contains(table(OUTCOMES));
    for (int cause = 1; cause <= CAUSES.size() + 1; cause++) {
      assertThat(page).contains("\n" + cause + ". ");
    }
  }

  /** So that the table cannot be exact by refusing what tools counted. */
  @Test
  void files_areComparedUnderEveryConventionThatToolsWereRunFor() {
    assertThat(OnnxFiles.names()).hasSizeGreaterThan(60);
    for (String id : List.of("fvcore", "torch-flop-counter", "thop", "ptflops", "deepspeed")) {
      assertThat(OUTCOMES.get(id).get(0).models).as(id).hasSizeGreaterThan(18);
      assertThat(OUTCOMES.get(id).get(1).models).as(id).hasSizeGreaterThan(20);
    }
  }
}
