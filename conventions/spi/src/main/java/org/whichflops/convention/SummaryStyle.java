package org.whichflops.convention;

import java.io.IOException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/** The text that a tool prints for a model, character for character. */
public interface SummaryStyle {
  /** As users type it: the id of a convention, or one with the name of a view after a slash. */
  String id();

  /** The tool, its version, and the call that prints this text. */
  String source();

  /** The mode of the forward pass that the tool watches. */
  Mode mode();

  /**
   * Prints the text, lines ended by {@code \n}.
   *
   * @throws ToolFailureException where the tool fails on this network
   */
  void print(Network network, ForwardPass pass, Appendable out) throws IOException;
}
