package org.whichflops.convention.fvcore;

import java.io.IOException;
import org.whichflops.convention.Convention;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * One of the texts that fvcore or mmengine make of a model, as Python's {@code print} prints it.
 *
 * @param id as users type it
 * @param convention what counts
 * @param call the tool's call that returns the text
 * @param text what makes it
 */
record PrintedText(String id, Convention convention, String call, Text text)
    implements SummaryStyle {
  /** Makes a text of a forward pass. */
  @FunctionalInterface
  interface Text {
    /** The text, without the line end that printing adds. */
    String of(Convention convention, Network network, ForwardPass pass);
  }

  @Override
  public String source() {
    return convention.about().tool() + " " + convention.about().version() + ", " + call;
  }

  @Override
  public Mode mode() {
    return convention.mode();
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    out.append(text.of(convention, network, pass)).append('\n');
  }
}
