package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;

/**
 * What conventions make of the files of one format beside what is true of the models in them, and
 * the table of it that docs/formats.md has: a row for conventions with the same outcomes, a column
 * for each kind of file. Every difference has a cause, which the page names by its number.
 */
final class CountedFiles {
  private static final Conventions CONVENTIONS = Conventions.installed();

  /** The row that is of no convention: a model's parameters. */
  static final String PARAMETERS = "parameters";

  private final List<String> kinds;
  private final List<Cause> causes;
  private final Map<String, List<Cell>> rows = new LinkedHashMap<>();

  CountedFiles(List<String> kinds, List<Cause> causes) {
    this.kinds = kinds;
    this.causes = causes;
    row(PARAMETERS);
  }

  /**
   * Why counts differ.
   *
   * @param kind the kind of file, by its place; -1 for any
   * @param conventions a regular expression for ids, options included
   * @param models by name; of none where it may be any
   * @param number the page's number
   */
  record Cause(int kind, String conventions, Set<String> models, int number) {
    boolean explains(int file, String convention, String model) {
      return (kind < 0 || kind == file)
          && convention.matches(conventions)
          && (models.isEmpty() || models.contains(model));
    }
  }

  /** How a count stands to the true one. */
  enum Outcome {
    EXACT("exact"),
    LOWER("lower"),
    HIGHER("higher"),
    /** The file does not tell what a formula asks. */
    EMPTY("empty"),
    /** Nothing is counted, and nothing is known to compare that with. */
    NOTHING("0"),
    /** Nothing is known to compare with. */
    UNCOMPARED("no tool to compare with");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    static Outcome of(OptionalLong actual, long expected) {
      return actual.isEmpty() ? EMPTY : of(actual.getAsLong(), expected);
    }

    private static Outcome of(long actual, long expected) {
      return actual == expected ? EXACT : actual < expected ? LOWER : HIGHER;
    }
  }

  /** The outcomes of a convention over the models of one kind of file. */
  private static final class Cell {
    private final Map<String, Set<Outcome>> models = new TreeMap<>();

    private static String word(Set<Outcome> outcomes) {
      Set<Outcome> wrong = new TreeSet<>(outcomes);
      wrong.remove(Outcome.EXACT);
      return wrong.isEmpty()
          ? "exact"
          : wrong.stream().map(outcome -> outcome.word).collect(Collectors.joining(" or "));
    }
  }

  /** Makes a row for a convention, behind those there are. */
  void row(String convention) {
    rows.computeIfAbsent(convention, c -> kinds.stream().map(kind -> new Cell()).toList());
  }

  void add(String convention, int kind, String model, OptionalLong actual, long expected) {
    add(convention, kind, model, Outcome.of(actual, expected));
  }

  void add(String convention, int kind, String model, Outcome outcome) {
    row(convention);
    rows.get(convention).get(kind).models.computeIfAbsent(model, m -> new TreeSet<>()).add(outcome);
  }

  /** Counts a file as everything that is true of its model was counted. */
  void compare(int kind, String model, Network network) {
    TrueCounts.parameters(model)
        .ifPresent(
            expected ->
                add(PARAMETERS, kind, model, OptionalLong.of(network.parameters()), expected));
    TrueCounts.Counted count = new TrueCounts.Counted(network);
    for (TrueCounts.Count expected : TrueCounts.of(model, network.input().shape())) {
      if (count.takes(expected.input())) {
        Convention convention = CONVENTIONS.find(expected.convention());
        try {
          OptionalLong actual = count.total(convention, expected.input());
          add(expected.convention(), kind, model, actual, expected.value());
        } catch (ShapeException e) {
          // The tool counts one image, and the file takes no single one.
        }
      }
    }
  }

  /** The number of models that a convention was compared on. */
  int models(String convention, int kind) {
    return rows.get(convention).get(kind).models.size();
  }

  /** The conventions that were compared on any file. */
  Set<String> compared() {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().stream().anyMatch(cell -> !cell.models.isEmpty()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The table of the page. */
  String table() {
    Map<String, List<String>> byCells = new LinkedHashMap<>();
    for (String convention : rows.keySet()) {
      if (compared().contains(convention)) {
        byCells.computeIfAbsent(cells(convention), t -> new ArrayList<>()).add(convention);
      }
    }
    StringBuilder table =
        new StringBuilder("| | %s |\n".formatted(String.join(" | ", kinds)))
            .append("| --- |")
            .append(" --- |".repeat(kinds.size()))
            .append('\n');
    byCells.forEach(
        (cells, conventions) ->
            table.append(
                "| %s | %s |\n"
                    .formatted(
                        conventions.stream()
                            .map(id -> id.equals(PARAMETERS) ? id : "`" + id + "`")
                            .collect(Collectors.joining(", ")),
                        cells)));
    return table.toString();
  }

  private String cells(String convention) {
    List<String> cells = new ArrayList<>();
    for (int kind = 0; kind < kinds.size(); kind++) {
      cells.add(text(convention, kind));
    }
    return String.join(" | ", cells);
  }

  /** One word where it holds for most models, the others by name. */
  private String text(String convention, int kind) {
    Map<String, List<String>> byWord = new TreeMap<>();
    Map<String, Set<Integer>> numbers = new TreeMap<>();
    rows.get(convention)
        .get(kind)
        .models
        .forEach(
            (model, outcomes) -> {
              String word = Cell.word(outcomes);
              int number = word.equals("exact") ? 0 : cause(convention, kind, model);
              String cause = number == 0 ? "" : " (" + number + ")";
              byWord.computeIfAbsent(word, w -> new ArrayList<>()).add(model + cause);
              numbers.computeIfAbsent(word, w -> new TreeSet<>()).add(number);
            });
    if (byWord.isEmpty()) {
      return "";
    }
    String most =
        byWord.entrySet().stream()
            .max(Map.Entry.comparingByValue((a, b) -> a.size() - b.size()))
            .orElseThrow()
            .getKey();
    StringBuilder text = new StringBuilder(most);
    if (!most.equals("exact")) {
      text.append(
          numbers.get(most).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ", " (", ")")));
    }
    byWord.remove(most);
    byWord.forEach(
        (word, names) ->
            text.append("; ").append(word).append(": ").append(String.join(", ", names)));
    return text.toString();
  }

  private int cause(String convention, int kind, String model) {
    return causes.stream()
        .filter(cause -> cause.explains(kind, convention, model))
        .mapToInt(Cause::number)
        .findFirst()
        .orElseGet(
            () -> {
              assertThat(model)
                  .as("%s, %s: differs without a cause", convention, kinds.get(kind))
                  .isNull();
              return 0;
            });
  }

  /** The page has the table and says every cause. */
  void assertPage(String page) {
    assertThat(page).contains(table());
    assertThat(causes).allSatisfy(cause -> assertThat(page).contains("\n" + cause.number() + ". "));
  }
}
