package org.whichflops.convention.deepspeed;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.FIRST_ADDITION;
import static org.whichflops.engine.formula.Label.GATES;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/**
 * What DeepSpeed's profiler (profiler.py) and calflops (pytorch_ops.py), which was made of it, have
 * in common: a pair of numbers, FLOPs and MACs, for every function that they patch.
 *
 * <p>Only calls through the patched names are seen. A module is counted by the function that its
 * forward calls, so nn.ReLU6, which calls {@code F.hardtanh}, is not counted at all. Recurrent
 * layers are hooked as modules.
 */
final class SharedRules {
  private SharedRules() {}

  static final String[] CONV = {"F.conv1d", "F.conv2d", "F.conv3d"};
  static final String[] CONV_TRANSPOSE = {
    "F.conv_transpose1d", "F.conv_transpose2d", "F.conv_transpose3d"
  };
  static final String[] ADDMM = {"torch.addmm", "Tensor.addmm", "torch.baddbmm"};

  static final String LINEAR_MACS = "numel(x) * w[0]";
  static final String CONV_MACS = "K * x[1] * (C_out // g) * x[0] * recomputed";
  static final String CONV_TRANSPOSE_MACS = "K * x[1] * (C_out // g // g) * x[0] * spatial(x)";
  static final String MATMUL_MACS = "numel(x) * x2[-1]";
  static final String ADDMM_MACS = "numel(x2) * x3[-1]";

  private static final String CONV_NOTE =
      "the output's size is worked out again from the arguments: padding='same' becomes half of "
          + "what is needed, rounded down, on both sides, so an even kernel lacks a row; an input "
          + "without batch fails";
  private static final String CONV_TRANSPOSE_NOTE =
      "groups divide twice: the weight's second size is already that of one group";
  private static final String CONV_SOURCE = "profiler.py:569, pytorch_ops.py:83";
  private static final String CONV_TRANSPOSE_SOURCE = "profiler.py:614, pytorch_ops.py:128";
  private static final String LINEAR_SOURCE = "profiler.py:523, pytorch_ops.py:37";
  private static final String ADDMM_SOURCE = "profiler.py:772, 825, pytorch_ops.py:282, 312";

  /** Whether a function is a plain convolution, the only one that is computed with an assertion. */
  static boolean isConvolution(String function) {
    return function.equals(CONV[0]) || function.equals(CONV[1]) || function.equals(CONV[2]);
  }

  /** The rule of a matrix product's MACs, for the names that a tool patches. */
  static Rule matmulMacs(String... names) {
    return sees(names)
        .counts(MULTIPLY_ACCUMULATE, MATMUL_MACS)
        .note(
            "elements of the first operand times columns of the second: batches that only the "
                + "second has are not seen, and a vector's length is read as its columns")
        .source("profiler.py:764, pytorch_ops.py:274");
  }

  /** The rule of a matrix product's FLOPs, for the names that a tool patches. */
  static Rule matmulFlops(String... names) {
    Rule macs = matmulMacs(names);
    return sees(names)
        .counts(MULTIPLY_ACCUMULATE, "2 * " + MATMUL_MACS)
        .note(macs.note())
        .source(macs.source());
  }

  /** The first of each pair. */
  static final RuleTable FLOPS =
      RuleTable.of(
          sees("F.linear")
              .counts(MULTIPLY_ACCUMULATE, "2 * " + LINEAR_MACS)
              .note("the bias is ignored")
              .source(LINEAR_SOURCE),
          sees(CONV)
              .counts(MULTIPLY_ACCUMULATE, "2 * " + CONV_MACS)
              .and(BIAS, "bias * C_out * x[0] * recomputed")
              .note(CONV_NOTE)
              .source(CONV_SOURCE),
          sees(CONV_TRANSPOSE)
              .counts(MULTIPLY_ACCUMULATE, "2 * " + CONV_TRANSPOSE_MACS)
              .and(BIAS, "bias * (C_out // g) * x[0] * recomputed")
              .note(
                  CONV_TRANSPOSE_NOTE
                      + ", and so is the bias's; the bias is added at the positions that a plain "
                      + "convolution would have")
              .source(CONV_TRANSPOSE_SOURCE),
          sees("F.relu", "F.prelu", "F.elu", "F.leaky_relu", "F.relu6", "F.silu", "F.gelu")
              .counts(ACTIVATION, "numel(x)")
              .note("nn.ReLU6, Hardswish, Sigmoid, Tanh and Mish call functions that are not seen")
              .source("profiler.py:529, pytorch_ops.py:43"),
          sees("F.batch_norm")
              .counts(NORMALIZATION, "numel(x) * (1 + scaled + 3 * batch_statistics)")
              .note(
                  "1 an element, 2 with a weight; 4 and 5 where there are no running statistics, "
                      + "which PyTorch calls training even in evaluation")
              .source("profiler.py:660, pytorch_ops.py:174"),
          sees("F.layer_norm", "F.group_norm", "F.instance_norm")
              .counts(NORMALIZATION, "numel(x) * (4 + scaled)")
              .note("4 an element, 5 with a weight: an estimate by the tool's own comment")
              .source("profiler.py:678, pytorch_ops.py:192"),
          sees(
                  "F.avg_pool1d",
                  "F.avg_pool2d",
                  "F.avg_pool3d",
                  "F.max_pool1d",
                  "F.max_pool2d",
                  "F.max_pool3d",
                  "F.adaptive_avg_pool1d",
                  "F.adaptive_avg_pool2d",
                  "F.adaptive_avg_pool3d",
                  "F.adaptive_max_pool1d",
                  "F.adaptive_max_pool2d",
                  "F.adaptive_max_pool3d")
              .counts(POOLING, "numel(x)")
              .note("one an input element, whatever the kernel and stride")
              .source("profiler.py:557, pytorch_ops.py:71"),
          sees("F.softmax")
              .counts(SOFTMAX, "numel(x)")
              .note("torch.softmax and Tensor.softmax are not patched")
              .source("profiler.py:744, pytorch_ops.py:254"),
          sees("F.embedding")
              .countsNothing()
              .note("a look-up")
              .source("profiler.py:748, pytorch_ops.py:258"),
          sees(ADDMM)
              .counts(MULTIPLY_ACCUMULATE, "2 * " + ADDMM_MACS)
              .and(BIAS, "numel(x)")
              .note("what is added counts with its own elements, before it is broadcast")
              .source(ADDMM_SOURCE),
          sees("torch.einsum")
              .counts(MULTIPLY_ACCUMULATE, "einsum_path")
              .note(
                  "read off the text of numpy.einsum_path: twice the product of all sizes and one "
                      + "more, in four digits")
              .source("profiler.py:780, pytorch_ops.py:290"),
          sees("torch.mul", "Tensor.mul", "torch.add", "Tensor.add")
              .counts(ELEMENTWISE, "left_aligned")
              .note(
                  "shapes are broadcast aligned at their first dimension; x * y, x + y and the "
                      + "in-place forms are not patched")
              .source("profiler.py:841, pytorch_ops.py:328"),
          recurrent("1", "nn.RNN", "nn.RNNCell")
              .note(
                  "multiplications and additions of the first direction's weights, doubled if "
                      + "bidirectional, and H to add both; an input without batch is read as "
                      + "[steps, batch]"),
          recurrent("7", "nn.GRU", "nn.GRUCell")
              .note("as RNN; 7 H for the gates' products and sums"),
          recurrent("10", "nn.LSTM", "nn.LSTMCell")
              .note("as RNN; 10 H for the gates' products and sums; a projection is ignored"));

  /** The second of each pair. */
  static final RuleTable MACS =
      RuleTable.of(
          sees("F.linear")
              .counts(MULTIPLY_ACCUMULATE, LINEAR_MACS)
              .note("one for each weight and row")
              .source(LINEAR_SOURCE),
          sees(CONV).counts(MULTIPLY_ACCUMULATE, CONV_MACS).note(CONV_NOTE).source(CONV_SOURCE),
          sees(CONV_TRANSPOSE)
              .counts(MULTIPLY_ACCUMULATE, CONV_TRANSPOSE_MACS)
              .note(CONV_TRANSPOSE_NOTE)
              .source(CONV_TRANSPOSE_SOURCE),
          sees(ADDMM)
              .counts(MULTIPLY_ACCUMULATE, ADDMM_MACS)
              .note("the product alone")
              .source(ADDMM_SOURCE),
          sees("torch.einsum")
              .countsNothing()
              .note("FLOPs only: its MACs are returned as 0")
              .source("profiler.py:780, pytorch_ops.py:290"),
          sees("nn.RNN", "nn.GRU", "nn.LSTM", "nn.RNNCell", "nn.GRUCell", "nn.LSTMCell")
              .countsNothing()
              .note("FLOPs only: the hook adds nothing to the MACs")
              .source("profiler.py:1067, pytorch_ops.py:397"));

  private static Rule recurrent(String updates, String... modules) {
    String steps = "sequence * D * ";
    return sees(modules)
        .counts(
            Formula.of(MULTIPLY_ACCUMULATE, steps + "2 * gates * H * (I + L * P + (L - 1) * D * P)")
                .plus(FIRST_ADDITION, "-" + steps + "2 * L * gates * H")
                .plus(GATES, steps + "L * H * " + updates)
                .plus(BIAS, steps + "L * 2 * gates * H * bias"))
        .source("profiler.py:1041, 1067, 1095, pytorch_ops.py:371, 397, 425");
  }
}
