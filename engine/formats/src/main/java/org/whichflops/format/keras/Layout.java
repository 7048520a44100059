package org.whichflops.format.keras;

import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * Where the channels are. Keras has them last unless told otherwise, PyTorch's functions expect
 * them first; Keras on PyTorch turns tensors round, and so does this.
 */
final class Layout {
  private final boolean channelsFirst;

  Layout(boolean channelsFirst) {
    this.channelsFirst = channelsFirst;
  }

  /** The number of channels. */
  long channels(Tensor x) {
    return x.size(channelsFirst ? 1 : -1);
  }

  /** The dimension of the first spatial size. */
  int firstSpatial() {
    return channelsFirst ? 2 : 1;
  }

  /** The tensor with its channels in the second dimension. */
  Tensor inward(Tensor x) {
    if (channelsFirst || x.rank() < 3) {
      return x;
    }
    int[] dims = new int[x.rank()];
    dims[1] = x.rank() - 1;
    for (int i = 2; i < dims.length; i++) {
      dims[i] = i - 1;
    }
    return Torch.permute(x, dims);
  }

  /** The tensor with its channels where the layer has them. */
  Tensor outward(Tensor x) {
    if (channelsFirst || x.rank() < 3) {
      return x;
    }
    int[] dims = new int[x.rank()];
    dims[x.rank() - 1] = 1;
    for (int i = 1; i < dims.length - 1; i++) {
      dims[i] = i + 1;
    }
    return Torch.permute(x, dims);
  }
}
