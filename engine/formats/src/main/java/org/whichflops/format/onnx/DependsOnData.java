package org.whichflops.format.onnx;

/** A size that hangs on the numbers of the network's input, of which there are none here. */
final class DependsOnData extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DependsOnData(String message) {
    super(message);
  }
}
