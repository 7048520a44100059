package org.whichflops.format.onnx;

/** What one ONNX operator does with shapes, and which calls of the engine it is. */
@FunctionalInterface
interface Operation {
  /**
   * Runs one node: reads its inputs, calls the engine where numbers of the input are computed with,
   * and says what its outputs are.
   *
   * @throws org.whichflops.engine.shape.ShapeException where the inputs do not fit
   */
  void run(NodeRun node);
}
