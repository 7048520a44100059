package org.whichflops.convention.onnxtool;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SCALING;
import static org.whichflops.engine.formula.Label.SIZES;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.FoldingCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/**
 * The nodes of onnx-tool 1.0.1 (onnx_tool/node.py, commit 00f5f0a): for each, {@code _profile_core}
 * or the weight {@code op_mac} an element of the output. An operator of PyTorch is the nodes that
 * {@code torch.onnx.export} of torch 2.6.0 makes of it at opset 17 with static sizes, in
 * evaluation.
 *
 * <p>The weights (node.py:19): a product, a sum and a comparison 1, a division 4, a root 24, an
 * exponential or power 32, a logarithm 43.
 */
final class OnnxToolRules {
  private OnnxToolRules() {}

  static final RuleTable RULES =
      RuleTable.of(
          sees("aten.convolution")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "numel(y) * w[1] * K")
                      .plus(BIAS, "numel(y) * bias"))
              .note(
                  "ConvTranspose has the same line, with its weight's second size, which is not "
                      + "its input channels but its output channels by group: counted by its "
                      + "output's positions")
              .source("node.py:2219, 2723"),
          sees(FoldingCounter.FOLDED)
              .counts(BIAS, "numel(x)")
              .note(
                  "the exporter folds a batch norm into the convolution before it, which then "
                      + "has a bias"),
          sees("aten.linear")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "numel(y) * x[-1]").plus(BIAS, "numel(y) * bias"))
              .note("Gemm for two dimensions, MatMul and Add for more: the same count")
              .source("node.py:904"),
          sees("aten.matmul", "aten.bmm", "aten.mm")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * x2[-2]")
              .source("node.py:904"),
          sees("aten.addmm", "aten.baddbmm")
              .counts(Formula.of(MULTIPLY_ACCUMULATE, "numel(y) * x2[-1]").plus(BIAS, "numel(y)"))
              .source("node.py:904"),
          sees("aten.einsum")
              .counts(MULTIPLY_ACCUMULATE, "indices")
              .note("the product of all index sizes, also where nothing is summed")
              .source("node.py:1249"),
          sees("aten.scaled_dot_product_attention")
              .counts(
                  Formula.of(ATTENTION, "(numel(x) // x[-1]) * L_k * (x[-1] + x3[-1])")
                      .plus(SOFTMAX, "36 * (numel(x) // x[-1]) * L_k")
                      .plus(SCALING, "numel(x) + numel(x2)")
                      .plus(ELEMENTWISE, "masked * (numel(x) // x[-1]) * L_k")
                      .plus(SIZES, "3 * 24 + 4"))
              .note(
                  "exported as two MatMul around a Softmax. Queries and keys are scaled each by "
                      + "the root of the scale, which three Sqrt and a Div work out from the "
                      + "head's width")
              .source("node.py:407, 904"),
          sees("aten.batch_norm")
              .counts(NORMALIZATION, "31 * numel(y)")
              .note(
                  "one that no convolution takes up: sum, root, quotient, product and sum an "
                      + "element, 1 + 24 + 4 + 1 + 1")
              .source("node.py:1646"),
          sees("aten.instance_norm")
              .counts(NORMALIZATION, "14 * numel(y)")
              .note("1 + 1 + 1 + 4, times the two operands beside the first")
              .source("node.py:454"),
          sees("aten.layer_norm")
              .counts(NORMALIZATION, "7 * numel(y) + 29 * (numel(y) // row)")
              .note("3 products and 4 sums an element; a sum, a root and a quotient a row")
              .source("node.py:2525"),
          sees("aten.relu", "aten.relu_").counts(ACTIVATION, "numel(y)").source("node.py:611"),
          sees("aten.leaky_relu", "aten.leaky_relu_", "aten.prelu")
              .counts(ACTIVATION, "2 * numel(y)")
              .source("node.py:698, 706"),
          sees("aten.relu6", "aten.relu6_", "aten.hardtanh", "aten.hardtanh_")
              .counts(ACTIVATION, "2 * numel(y)")
              .note("Clip: two comparisons")
              .source("node.py:987"),
          sees("aten.hardsigmoid", "aten.hardsigmoid_")
              .counts(ACTIVATION, "4 * numel(y)")
              .source("node.py:585"),
          sees("aten.hardswish", "aten.hardswish_")
              .counts(ACTIVATION, "5 * numel(y)")
              .source("node.py:598"),
          sees("aten.sigmoid", "aten.sigmoid_")
              .counts(ACTIVATION, "32 * numel(y)")
              .note("an exponential and nothing else")
              .source("node.py:519"),
          sees("aten.silu", "aten.silu_")
              .counts(ACTIVATION, "33 * numel(y)")
              .note("Sigmoid and Mul")
              .source("node.py:519, 366"),
          sees("aten.tanh", "aten.tanh_")
              .counts(ACTIVATION, "76 * numel(y)")
              .note("(32 + 2 + 4) times a ratio of 2")
              .source("node.py:543"),
          sees("aten.gelu")
              .counts(ACTIVATION, "7 * numel(y)")
              .note("Div, Erf, Add, Mul, Mul: 4 + 0 + 1 + 1 + 1, the Erf itself for nothing")
              .source("node.py:338, 1613, 355, 366"),
          sees("aten.elu", "aten.elu_").counts(ACTIVATION, "35 * numel(y)").source("node.py:621"),
          sees("aten.softplus").counts(ACTIVATION, "76 * numel(y)").source("node.py:421"),
          sees("aten.softmax")
              .counts(SOFTMAX, "36 * numel(y)")
              .note("an exponential and a quotient")
              .source("node.py:407"),
          sees("aten.log_softmax").counts(SOFTMAX, "80 * numel(y)").source("node.py:555"),
          sees("aten.add", "aten.add_", "aten.sub", "aten.sub_", "aten.mul", "aten.mul_")
              .counts(ELEMENTWISE, "numel(y)")
              .source("node.py:236, 355, 366"),
          sees("aten.div", "aten.div_").counts(ELEMENTWISE, "4 * numel(y)").source("node.py:338"),
          sees("aten.exp").counts(ELEMENTWISE, "32 * numel(y)").source("node.py:395"),
          sees("aten.pow").counts(ELEMENTWISE, "32 * numel(y)").source("node.py:479"),
          sees("aten.sqrt").counts(ELEMENTWISE, "24 * numel(y)").source("node.py:468"),
          sees("aten.clamp_min", "aten.clamp")
              .counts(ELEMENTWISE, "2 * numel(y)")
              .source("node.py:987"),
          sees("aten.max_pool1d", "aten.max_pool2d", "aten.avg_pool1d", "aten.avg_pool2d")
              .counts(POOLING, "numel(y) * K")
              .source("node.py:1447"),
          sees("aten.adaptive_avg_pool1d", "aten.adaptive_avg_pool2d", "aten.adaptive_avg_pool3d")
              .counts(POOLING, "numel(x) + 4 * numel(y)")
              .note("to 1 x 1, GlobalAveragePool: a sum an input, a quotient an output")
              .source("node.py:1527"),
          sees(OnnxToolCounter.WINDOWED)
              .counts(POOLING, "numel(x)")
              .note("to more than 1 x 1, AveragePool with windows that divide the input")
              .source("node.py:1447"),
          sees("aten.mean", "aten.sum").counts(POOLING, "numel(x)").source("node.py:1944"),
          sees("aten.linalg_vector_norm")
              .counts(NORMALIZATION, "25 * numel(x)")
              .note("ReduceL2: a sum and a root an input")
              .source("node.py:2246"),
          sees("aten.chunk")
              .counts(SIZES, "1")
              .note(
                  "n parts are n Slice whose ends a graph works out: a sum, a quotient and n "
                      + "products, 1 + 4 + n")
              .source("node.py:338, 355, 366"),
          sees("aten.upsample_bilinear2d")
              .counts(INTERPOLATION, "4 * numel(y)")
              .note("nearest counts nothing")
              .source("node.py:1375"),
          sees("aten.upsample_bicubic2d")
              .counts(INTERPOLATION, "8 * numel(y)")
              .source("node.py:1377"));

  /** The same where the exporter keeps all batch norms. */
  static final RuleTable KEPT = RULES.without(FoldingCounter.FOLDED);
}
