package org.whichflops.format.onnx;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;

/** What all graphs share that run in one forward pass. */
final class Run {
  private final ForwardPass pass;
  private final Program program;
  private final GraphInput input;
  private final Shape shape;
  private final Map<String, Long> bound;
  private final boolean differs;
  private final RunNotes notes = new RunNotes();
  private long steps;

  /** A run at an input of the given shape. */
  Run(ForwardPass pass, Program program, GraphInput input, Shape shape) {
    this.pass = pass;
    this.program = program;
    this.input = input;
    this.shape = shape;
    this.bound = input.bound(shape);
    this.differs = input.differs(shape);
  }

  ForwardPass pass() {
    return pass;
  }

  Program program() {
    return program;
  }

  RunNotes notes() {
    return notes;
  }

  /** Counts one more node that runs inside another. */
  long step() {
    return ++steps;
  }

  /** What a named size is at this input, null for a name that no input has. */
  @Nullable Long bound(String name) {
    return bound.get(name);
  }

  /**
   * Refuses a size in the graph that is the exported batch, where the batch is another.
   *
   * @param size what the file says
   * @param actual the first size of the tensor it is said for
   */
  void expectNotFixed(long size, long actual) {
    if (differs && size == input.fixedBatch() && actual != size && actual == batch()) {
      throw new ShapeException(
          "it keeps the batch of %d that the file was exported for; export it with a dynamic batch"
              .formatted(size));
    }
  }

  /** Refuses anything but the exported input, which alone a shape in the file holds for. */
  void expectExported(String why) {
    if (differs) {
      throw new ShapeException(
          why + ", and the file says its output's shape for the exported input only");
    }
  }

  /** Refuses an output that stayed as it was exported while the batch is another. */
  void expectBatch(ValueInfo said, Value output) {
    long[] sizes = said.sizes();
    if (differs
        && batch() != input.fixedBatch()
        && sizes != null
        && sizes.length > 0
        && sizes[0] == input.fixedBatch()
        && output.rank() > 0
        && output.size(0) != batch()) {
      throw new ShapeException(
          "its output '%s' is %s at a batch of %d: the graph keeps to the exported batch of %d"
              .formatted(said.name(), output, batch(), sizes[0]));
    }
  }

  private long batch() {
    return shape.rank() == 0 ? 1 : shape.size(0);
  }
}
