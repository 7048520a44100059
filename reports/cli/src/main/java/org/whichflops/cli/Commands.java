package org.whichflops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The commands there are, by the words that users type. */
final class Commands {
  private static final Map<String, Supplier<Command>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("compare", CompareCommand::new);
    ALL.put("layers", LayersCommand::new);
    ALL.put("explain", ExplainCommand::new);
    ALL.put("formula", FormulaCommand::new);
    ALL.put("report", ReportCommand::new);
    ALL.put("summary", SummaryCommand::new);
    ALL.put("identify", IdentifyCommand::new);
    ALL.put("papers", PapersCommand::new);
    ALL.put("check", CheckCommand::new);
    ALL.put("convert", ConvertCommand::new);
    ALL.put("models", ModelsCommand::new);
    ALL.put("conventions", ConventionsCommand::new);
  }

  private Commands() {}

  /** The words. */
  static List<String> words() {
    return new ArrayList<>(ALL.keySet());
  }

  /** The command that is asked for; all of them where none is, for help. */
  static Map<String, Command> askedFor(String word) {
    Map<String, Command> commands = new LinkedHashMap<>();
    for (Map.Entry<String, Supplier<Command>> entry : ALL.entrySet()) {
      if (entry.getKey().equals(word) || !ALL.containsKey(word)) {
        commands.put(entry.getKey(), entry.getValue().get());
      }
    }
    return commands;
  }
}
