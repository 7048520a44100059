package org.whichflops.format;

import java.io.IOException;
import org.whichflops.engine.nn.Network;

/** A file format that networks are read from. */
public interface ModelFormat {
  /** What people call it: {@code PyTorch .pt2}. */
  String name();

  /** Whether a file's content is of this format, whatever the file is called. */
  boolean recognises(Content content) throws IOException;

  /**
   * Reads a network, without its weights.
   *
   * @throws FormatException where the file is not what it should be
   */
  Network read(Content content) throws IOException;
}
