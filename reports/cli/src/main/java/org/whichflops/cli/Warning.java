package org.whichflops.cli;

import org.whichflops.report.table.SafeText;
import picocli.CommandLine.ParseResult;

/** What is said beside a result, on standard error. */
final class Warning {
  private Warning() {}

  /** Says it, in one line. */
  static void say(ParseResult request, String text) {
    request.commandSpec().commandLine().getErr().println("whichflops: " + SafeText.line(text));
  }
}
