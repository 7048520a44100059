package org.whichflops.cli;

import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands there are, each made with the writer that its results go to. */
final class Commands {
  private static final Map<String, Function<Writer, Object>> ALL = all();

  private Commands() {}

  private static Map<String, Function<Writer, Object>> all() {
    Map<String, Function<Writer, Object>> all = new LinkedHashMap<>();
    all.put("compare", CompareCommand::new);
    all.put("layers", LayersCommand::new);
    all.put("models", ModelsCommand::new);
    all.put("conventions", ConventionsCommand::new);
    return all;
  }

  /**
   * Adds the command that is asked for; all of them where none is, for help and messages. Reading a
   * command's options is a large part of what a short run costs.
   */
  static void addTo(CommandLine line, Writer out, String asked) {
    Function<Writer, Object> one = ALL.get(asked);
    if (one != null) {
      line.addSubcommand(asked, one.apply(out));
      return;
    }
    ALL.forEach((name, command) -> line.addSubcommand(name, command.apply(out)));
  }
}
