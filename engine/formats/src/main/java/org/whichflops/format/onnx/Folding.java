package org.whichflops.format.onnx;

/** Recognises convolutions that a batch norm was folded into. */
final class Folding {
  private Folding() {}

  /**
   * The TorchScript exporter names what it computed itself {@code onnx::Conv_239}, and leaves a
   * convolution's own weight its name; torch.export's optimizer names the bias that it made after
   * the weight.
   */
  static boolean batchNorms(Program program) {
    for (Weights.Use use : program.parameters()) {
      if (use.name().startsWith("onnx::Conv") || use.name().endsWith(".weight_bias")) {
        return true;
      }
    }
    return false;
  }
}
