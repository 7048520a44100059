package org.whichflops.zoo.torchvision;

import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.shape.Shape;
import org.whichflops.zoo.architecture.Option;

/** What video models have in common. */
final class Video {
  /** The classes of Kinetics-400. */
  static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 400, "outputs of the last layer");

  private Video() {}

  /** The option for the number of frames. */
  static Option<Integer> frames(int fallback) {
    return Option.count("frames", fallback, "frames of the clip");
  }

  /** Clips of so many colour frames of the given side. */
  static InputSize of(long frames, long side) {
    return InputSize.of(Shape.of(1, 3, frames, side, side), true);
  }
}
