package org.whichflops.convention.torchstat;

import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/**
 * Counts one image whatever the batch: the tools are given channels, height and width, and make
 * {@code torch.rand(1, *input_size)} of them (model_hook.py:24).
 */
final class ImageCounter implements Counter {
  private final Network network;
  private final Counter counter;
  private final ForwardPass single;

  ImageCounter(Network network, Counter counter, ForwardPass single) {
    this.network = network;
    this.counter = counter;
    this.single = single;
  }

  /** The same pass over one image. */
  private ForwardPass image(ForwardPass pass) {
    Tensor x = pass.call(0).input(0);
    if (x.rank() != 4) {
      // assert len(input_size) == 3, statistics.py:51
      throw new ToolFailureException("AssertionError:");
    }
    int inputs = pass.call(0).inputCount();
    if (inputs > 1) {
      throw new ToolFailureException(
          "TypeError: %s.forward() missing %d required positional argument%s"
              .formatted(network.root().type().name(), inputs - 1, inputs > 2 ? "s" : ""));
    }
    if (x.size(0) == 1) {
      return pass;
    }
    network.forward(single, Shape.of(1, x.size(1), x.size(2), x.size(3)));
    return single;
  }

  @Override
  public long total(ForwardPass pass) {
    return counter.total(image(pass));
  }

  @Override
  public long parameters(ForwardPass pass) {
    return counter.parameters(pass);
  }

  @Override
  public Tally tally(ForwardPass pass) {
    return counter.tally(image(pass));
  }
}
