package org.whichflops.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Map;
import org.whichflops.report.table.Screen;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/**
 * Whether people are looking, and at what.
 *
 * @param screen what standard output is shown on; {@link Screen#NONE} for a file or a pipe
 * @param isOut whether standard output is a terminal
 * @param isErr whether standard error is one
 */
record Terminal(Screen screen, boolean isOut, boolean isErr) {
  /** Nobody is looking. */
  static final Terminal NONE = new Terminal(Screen.NONE, false, false);

  private static final int USUAL_WIDTH = 80;

  /** The first release in which there is a console without a terminal. */
  private static final int CONSOLE_ANYWAY = 22;

  /**
   * This process's.
   *
   * <p>A JVM cannot ask which of its streams is a terminal, nor how wide that is. The launcher can,
   * and says it: {@code whichflops.columns}, 0 for no terminal, and {@code whichflops.err}. Without
   * it, both streams are taken for what the JVM's console is.
   */
  static Terminal detected(Map<String, String> environment) {
    String columns = System.getProperty("whichflops.columns", "");
    boolean console = columns.isEmpty() && isConsole();
    boolean err = console || Boolean.getBoolean("whichflops.err");
    return of(console ? String.valueOf(USUAL_WIDTH) : columns, err, environment);
  }

  /**
   * What the launcher and the environment make of it.
   *
   * @param columns the width of standard output's terminal, 0 or nothing for none
   */
  static Terminal of(String columns, boolean err, Map<String, String> environment) {
    boolean out = number(columns) > 0;
    int width = 0;
    if (out) {
      width = number(environment.getOrDefault("COLUMNS", ""));
      width = width > 0 ? width : number(columns);
    }
    return new Terminal(new Screen(width, colours(out, environment)), out, err);
  }

  /**
   * Whether to colour: as no-color.org and bixense.com/clicolors have it. Into a file or a pipe
   * only where that is forced.
   */
  private static boolean colours(boolean terminal, Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    for (String force : new String[] {"FORCE_COLOR", "CLICOLOR_FORCE"}) {
      String value = environment.getOrDefault(force, "");
      if (!value.isEmpty() && !value.equals("0")) {
        return true;
      }
    }
    String term = environment.getOrDefault("TERM", "");
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    // A console of old Windows shows the codes; newer ones and emulators say who they are.
    boolean understands = windows ? environment.containsKey("WT_SESSION") : !term.isEmpty();
    return terminal
        && !term.equals("dumb")
        && !environment.getOrDefault("CLICOLOR", "").equals("0")
        && understands;
  }

  @SuppressWarnings("SystemConsoleNull") // from the release on where it is never null, it is asked
  private static boolean isConsole() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < CONSOLE_ANYWAY) {
      return console != null;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static int number(String text) {
    try {
      return Math.max(0, Integer.parseInt(text.trim()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The terminal that a request came from. */
  static Terminal of(ParseResult request) {
    return Surroundings.of(request).terminal();
  }

  /** For picocli's help. */
  Ansi ansi() {
    return screen.colours() ? Ansi.ON : Ansi.OFF;
  }
}
