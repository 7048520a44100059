package org.whichflops.zoo.torchvision;

import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Option;

/**
 * The first step of both Inception networks with {@code transform_input}: torchvision's
 * normalization of colours is taken back and that of the original weights applied. The builders set
 * it when they load pretrained weights.
 */
final class TransformedInput {
  static final Option<Boolean> TRANSFORM_INPUT =
      Option.flag(
          "transform_input", false, "renormalize the input, as with torchvision's own weights");

  private TransformedInput() {}

  /** Every channel taken out, multiplied and added to, and all put together again. */
  static Tensor of(Tensor x) {
    return Torch.cat(
        1, channel(x, 0, 0.229, 0.485), channel(x, 1, 0.224, 0.456), channel(x, 2, 0.225, 0.406));
  }

  private static Tensor channel(Tensor x, int index, double deviation, double mean) {
    return Torch.unsqueeze(x.get(1, index), 1).times(deviation / 0.5).plus((mean - 0.5) / 0.5);
  }
}
