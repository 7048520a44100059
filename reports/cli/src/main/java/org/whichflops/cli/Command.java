package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command: what it takes, and what it does.
 *
 * <p>Options are declared in code. Picocli's annotations would do the same, and cost every run more
 * time than counting a network does.
 */
interface Command {
  /** The options and parameters it takes, with descriptions and examples. */
  CommandSpec spec();

  /** Does it; results go to {@code out}. */
  void run(ParseResult request, Writer out) throws IOException;
}
