package org.whichflops.cli;

import picocli.CommandLine.ParseResult;

/**
 * What commands are given beside their arguments.
 *
 * @param terminal who is looking
 * @param networks what is made already
 */
record Surroundings(Terminal terminal, EarlyNetworks networks) {
  private static final Surroundings NONE = new Surroundings(Terminal.NONE, EarlyNetworks.NONE);

  /** Those of a request. */
  static Surroundings of(ParseResult request) {
    return request.commandSpec().root().userObject() instanceof Surroundings given ? given : NONE;
  }
}
