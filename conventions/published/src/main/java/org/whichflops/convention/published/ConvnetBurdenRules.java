package org.whichflops.convention.published;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/** {@code computeFlops} of convnet-burden, for the layers that MatConvNet would have. */
final class ConvnetBurdenRules {
  private ConvnetBurdenRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("F.conv1d", "F.conv2d", "F.conv3d")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * (C_in // g) * K")
              .and(BIAS, "numel(y) * bias")
              .note("vl_nnconv: a fused multiply-add is one")
              .source("burden.m:395"),
          sees("F.linear")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * x[-1]")
              .and(BIAS, "numel(y) * bias")
              .note("a convolution there")
              .source("burden.m:395"),
          sees("F.conv_transpose1d", "F.conv_transpose2d", "F.conv_transpose3d")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * K * C_in")
              .and(BIAS, "numel(y) * bias")
              .note("multiplies by the input's channels where the output's would be right")
              .source("burden.m:399"),
          sees("F.relu", "F.relu6", "F.hardtanh", "F.leaky_relu", "Tensor.relu", "Tensor.relu_")
              .counts(ACTIVATION, "2 * numel(y)")
              .note("a comparison and a multiplication; MatConvNet has no ReLU6 but this")
              .source("burden.m:403"),
          sees(
                  "F.max_pool1d",
                  "F.max_pool2d",
                  "F.max_pool3d",
                  "F.avg_pool1d",
                  "F.avg_pool2d",
                  "F.avg_pool3d")
              .counts(POOLING, "2 * numel(y) * s")
              .note("two for each location that the stride passes, whatever the kernel")
              .source("burden.m:405"),
          sees("nn.AdaptiveAvgPool1d", "nn.AdaptiveAvgPool2d", "nn.AdaptiveAvgPool3d")
              .counts(POOLING, "numel(x)")
              .note("vl_nnglobalpool, where it is a layer: a function between layers is none")
              .source("burden.m:409"),
          sees("Tensor.__add__", "Tensor.__iadd__", "Tensor.add", "Tensor.add_", "torch.add")
              .counts(ELEMENTWISE, "numel(y)")
              .note("vl_nnwsum")
              .source("burden.m:412"),
          sees("Tensor.__mul__", "Tensor.__imul__", "Tensor.mul", "Tensor.mul_", "torch.mul")
              .counts(ELEMENTWISE, "numel(y)")
              .note("vl_nnscale; vl_nnaxpy scales and adds for two")
              .source("burden.m:441"),
          sees("F.interpolate").counts(INTERPOLATION, "4 * numel(y)").source("burden.m:427"),
          sees("nn.LocalResponseNorm", "F.local_response_norm")
              .counts(NORMALIZATION, "numel(y) + (2 + 2 * y[1]) * y[2] * y[3]")
              .note("the norm of all channels at every position of one image")
              .source("burden.m:429"),
          sees("F.batch_norm")
              .countsNothing()
              .note("merged into the convolution before it")
              .source("burden.m:411"));
}
