package org.whichflops.format.onnx;

import java.util.List;

/** Recognises convolutions that a batch norm was folded into. */
final class Folding {
  private Folding() {}

  /**
   * The TorchScript exporter names what it computed itself {@code onnx::Conv_239}, and leaves a
   * convolution's own weight its name; torch.export's optimizer leaves the convolution in the batch
   * norm's scope.
   */
  static boolean batchNorms(Program program, Node[] nodes) {
    for (Weights.Use use : program.parameters()) {
      if (use.name().startsWith("onnx::Conv")) {
        return true;
      }
    }
    if (!program.has("Conv")) {
      return false;
    }
    for (Node node : nodes) {
      List<Level> levels = node.scopes() == null ? List.of() : Level.of(node);
      if (node.is("Conv")
          && !levels.isEmpty()
          && levels.get(levels.size() - 1).type().contains("BatchNorm")) {
        return true;
      }
    }
    return false;
  }
}
