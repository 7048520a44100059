package org.whichflops.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands there are, by the words that users type. */
final class Commands {
  private static final List<String> WORDS =
      List.of(
          "compare",
          "layers",
          "explain",
          "formula",
          "report",
          "summary",
          "identify",
          "papers",
          "check",
          "convert",
          "models",
          "conventions");

  private Commands() {}

  /** The words. */
  static List<String> words() {
    return WORDS;
  }

  /** The command that is asked for; all of them where none is, for help. */
  static Map<String, Command> askedFor(String word) {
    Map<String, Command> commands = new LinkedHashMap<>();
    for (String known : WORDS.contains(word) ? List.of(word) : WORDS) {
      commands.put(known, command(known));
    }
    return commands;
  }

  private static Command command(String word) {
    return switch (word) {
      case "compare" -> new CompareCommand();
      case "layers" -> new LayersCommand();
      case "explain" -> new ExplainCommand();
      case "formula" -> new FormulaCommand();
      case "report" -> new ReportCommand();
      case "summary" -> new SummaryCommand();
      case "identify" -> new IdentifyCommand();
      case "papers" -> new PapersCommand();
      case "check" -> new CheckCommand();
      case "convert" -> new ConvertCommand();
      case "models" -> new ModelsCommand();
      case "conventions" -> new ConventionsCommand();
      default -> throw new IllegalArgumentException(word);
    };
  }
}
