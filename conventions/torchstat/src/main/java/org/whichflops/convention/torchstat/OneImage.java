package org.whichflops.convention.torchstat;

import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;

/**
 * The forward pass that the tools run: they are given channels, height and width, and make {@code
 * torch.rand(1, *input_size)} of them (model_hook.py:24).
 */
final class OneImage {
  private static final int IMAGE_RANK = 4;

  private final Network network;
  private final ForwardPass single = new ForwardPass(Mode.CPU_GRAD);

  OneImage(Network network) {
    this.network = network;
  }

  /**
   * A pass over one image of the given pass's sizes.
   *
   * @throws ToolFailureException where the input is no image, or there are more inputs
   */
  ForwardPass of(ForwardPass pass) {
    Tensor x = pass.call(0).input(0);
    if (x.rank() != IMAGE_RANK) {
      // assert len(input_size) == 3, statistics.py:51
      throw new ToolFailureException("AssertionError:");
    }
    int others = pass.call(0).inputCount() - 1;
    if (others > 0) {
      throw new ToolFailureException(
          "TypeError: %s.forward() missing %d required positional argument%s"
              .formatted(network.root().type().name(), others, others > 1 ? "s" : ""));
    }
    if (x.size(0) == 1) {
      return pass;
    }
    network.forward(single, Shape.of(1, x.size(1), x.size(2), x.size(3)));
    return single;
  }
}
