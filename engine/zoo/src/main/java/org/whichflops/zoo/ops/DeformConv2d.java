package org.whichflops.zoo.ops;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.ops.DeformConv2d}: a convolution whose taps are moved by offsets and, given a
 * mask, weighted by it.
 *
 * <p>Called with the input, offsets {@code [N, 2 * K * groups of offsets, H_out, W_out]} and maybe
 * a mask with half as many channels, where K is the number of taps.
 */
public final class DeformConv2d extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.ops.deform_conv.DeformConv2d");

  private final ConvolutionArguments arguments;
  private final String shown;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** With the hyperparameters of a plain {@code nn.Conv2d}. */
  public DeformConv2d(Conv plain) {
    super(TYPE);
    this.arguments = plain.hyperparameters();
    this.shown = plain.extraRepr();
    this.weight = parameter("weight", arguments.weightShape().sizes());
    this.bias = arguments.bias() ? parameter("bias", arguments.outChannels()) : null;
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.MASKED
        ? (call.inputCount() > 2 ? 1 : 0)
        : arguments.attribute(attribute, call);
  }

  @Override
  public String ownRepr() {
    return "DeformConv2d(" + shown + ")";
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    if (inputs.length != 2 && inputs.length != 3) {
      throw new ShapeException(
          "DeformConv2d expects an input, offsets and maybe a mask but has " + inputs.length);
    }
    boolean masked = inputs.length == 3;
    Tensor y = F.deformConv2d(inputs[0], weight, bias, arguments, masked);
    expectPerTap(inputs[1], 2 * arguments.kernel().product(), y, "offsets");
    if (masked) {
      expectPerTap(inputs[2], arguments.kernel().product(), y, "a mask");
    }
    return new Tensor[] {y};
  }

  /** One value a tap, or one each of several groups, at every position of the output. */
  private static void expectPerTap(Tensor values, long channels, Tensor y, String name) {
    if (values.rank() != 4
        || values.size(0) != y.size(0)
        || values.size(1) % channels != 0
        || values.size(2) != y.size(2)
        || values.size(3) != y.size(3)) {
      throw new ShapeException(
          "DeformConv2d expects %s of %dx(a multiple of %d)x%dx%d but they are %s"
              .formatted(name, y.size(0), channels, y.size(2), y.size(3), values));
    }
  }
}
