package org.whichflops.convention.ptflops;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.GATES;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SCALING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/**
 * The tables of ptflops 0.7.5 (ptflops/pytorch_ops.py, commit 3c5c3e3): modules by exact type, and
 * functions that it patches while the network runs. Those of older versions are derived from them.
 */
final class Ptflops075Rules {
  private Ptflops075Rules() {}

  private static final String COUNTED_TWICE =
      "patched: a module whose forward calls it is counted a second time, and never averaged over "
          + "the batch";

  /** timm's attention, under its newer and its older name. */
  static final String[] TIMM = {
    "timm.layers.attention.Attention", "timm.models.vision_transformer.Attention"
  };

  /** {@code MODULES_MAPPING}. */
  static final RuleTable MODULES =
      RuleTable.of(
          sees("nn.Conv1d", "nn.Conv2d", "nn.Conv3d")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "x[0] * spatial(y) * K * C_in * (C_out // g)")
                      .plus(BIAS, "x[0] * (numel(y) // y[0]) * bias"))
              .note("an input without batch has its channels read as batch")
              .source("pytorch_ops.py:60"),
          sees("nn.ConvTranspose1d", "nn.ConvTranspose2d", "nn.ConvTranspose3d")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "x[0] * spatial(x) * K * C_in * (C_out // g)")
                      .plus(BIAS, "x[0] * (numel(y) // y[0]) * bias"))
              .note("by the input's positions, as it should be; 0.6.4 to 0.7.4 took the output's")
              .source("pytorch_ops.py:60"),
          sees("torchvision.ops.deform_conv.DeformConv2d")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "x[0] * spatial(y) * K * C_in * (C_out // g)")
                      .plus(INTERPOLATION, "x[0] * spatial(y) * K * (24 + masked)")
                      .plus(BIAS, "x[0] * (numel(y) // y[0]) * bias"))
              .note("20 for a bilinear interpolation and 4 for its coordinates a tap, 1 for a mask")
              .source("pytorch_ops.py:95"),
          sees("nn.Linear")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "numel(x) * y[-1]").plus(BIAS, "numel(y) * bias"))
              .source("pytorch_ops.py:35"),
          sees(
                  "nn.BatchNorm1d",
                  "nn.BatchNorm2d",
                  "nn.BatchNorm3d",
                  "nn.InstanceNorm1d",
                  "nn.InstanceNorm2d",
                  "nn.InstanceNorm3d",
                  "nn.GroupNorm")
              .counts(NORMALIZATION, "numel(x) * (1 + affine)")
              .note("1 an element, 2 with affine=True")
              .source("pytorch_ops.py:51"),
          sees("nn.LayerNorm")
              .counts(NORMALIZATION, "numel(x)")
              .note("never doubled: LayerNorm has no attribute called affine")
              .source("pytorch_ops.py:51"),
          sees("nn.ReLU", "nn.ReLU6", "nn.LeakyReLU", "nn.PReLU", "nn.ELU", "nn.GELU")
              .counts(ACTIVATION, "numel(y)")
              .note("ReLU, PReLU, ELU and GELU call a patched function and are counted twice")
              .source("pytorch_ops.py:30"),
          sees(
                  "nn.MaxPool1d",
                  "nn.MaxPool2d",
                  "nn.MaxPool3d",
                  "nn.AvgPool1d",
                  "nn.AvgPool2d",
                  "nn.AvgPool3d",
                  "nn.AdaptiveMaxPool1d",
                  "nn.AdaptiveMaxPool2d",
                  "nn.AdaptiveMaxPool3d",
                  "nn.AdaptiveAvgPool1d",
                  "nn.AdaptiveAvgPool2d",
                  "nn.AdaptiveAvgPool3d")
              .counts(POOLING, "numel(x)")
              .note("all call a patched function and are counted twice")
              .source("pytorch_ops.py:46"),
          sees("nn.Upsample")
              .counts(INTERPOLATION, "numel(y) // y[0]")
              .note(
                  "reads the output as a tuple, so only the batch's first image counts, and is "
                      + "then divided by the batch again; F.interpolate counts as well")
              .source("pytorch_ops.py:21"),
          sees("nn.RNN", "nn.RNNCell")
              .counts(recurrent("1"))
              .note("forward-direction weights only, doubled if bidirectional")
              .source("pytorch_ops.py:105, 130, 163"),
          sees("nn.GRU", "nn.GRUCell")
              .counts(recurrent("7"))
              .note("as RNN; 7 H for the gates' products and sums")
              .source("pytorch_ops.py:105, 130, 163"),
          sees("nn.LSTM", "nn.LSTMCell")
              .counts(recurrent("10"))
              .note("as RNN; 10 H for the gates' products and sums; a projection is ignored")
              .source("pytorch_ops.py:105, 130, 163"),
          sees("nn.MultiheadAttention")
              .counts(
                  Formula.of(SCALING, "B * L_q * E")
                      .plus(
                          MULTIPLY_ACCUMULATE,
                          "B * (L_q * E * E + L_k * E_k * E_k + L_k * E_v * E_v + L_q * E_v * E_v)")
                      .plus(BIAS, "B * ((L_q + 2 * L_k) * E * bias + L_q * E_v)")
                      .plus(ATTENTION, "B * heads * L_q * L_k * (E // heads + E_v // heads)")
                      .plus(SOFTMAX, "B * heads * L_q * L_k"))
              .note(
                  "the output projection's bias is counted whether there is one or not; with "
                      + "need_weights=True the patched bmm and softmax inside count again")
              .source("pytorch_ops.py:180"),
          sees(TIMM)
              .counts(
                  Formula.of(SCALING, "x[0] * x[1] * x[2]")
                      .plus(ATTENTION, "2 * x[0] * x[1] * x[1] * x[2]")
                      .plus(SOFTMAX, "x[0] * heads * x[1] * x[1]"))
              .note(
                  "meant to come on top of the projections, but the sum stops at a module with a "
                      + "rule, so qkv and proj inside are dropped; only where timm is installed "
                      + "(option timm)")
              .source("pytorch_ops.py:246"));

  /** {@code FUNCTIONAL_MAPPING} and {@code TENSOR_OPS_MAPPING}, as far as they are patched in. */
  static final RuleTable FUNCTIONS = functions(347, 351, 385, 390, 397, 348, 434);

  /**
   * The same with its places in a version's source.
   *
   * @param functional where pytorch_engine.py patches functions
   * @param tensor where it patches tensor operations
   */
  static RuleTable functions(
      int numel,
      int interpolate,
      int matmul,
      int addmm,
      int elementwise,
      int functional,
      int tensor) {
    return RuleTable.of(
        sees("F.relu", "F.prelu", "F.elu", "F.relu6", "F.gelu", "F.silu")
            .counts(ACTIVATION, "numel(x)")
            .note(COUNTED_TWICE)
            .source(place(numel, functional)),
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
            .note(COUNTED_TWICE)
            .source(place(numel, functional)),
        sees("F.softmax")
            .counts(SOFTMAX, "numel(x)")
            .note("patched; nn.Softmax has no rule of its own, so it is counted once, here")
            .source(place(numel, functional)),
        sees("F.upsample", "F.interpolate")
            .counts(INTERPOLATION, "requested")
            .note("the elements that size or scale factor ask for")
            .source(place(interpolate, functional)),
        sees("torch.matmul", "Tensor.matmul", "torch.mm", "Tensor.mm", "torch.bmm", "Tensor.bmm")
            .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
            .note(
                "broadcast batches of the second operand are not seen, a vector's length is "
                    + "read as columns, and x @ y is not patched")
            .source(place(matmul, tensor)),
        sees("torch.addmm", "Tensor.addmm", "torch.baddbmm")
            .counts(
                Formula.of(MULTIPLY_ACCUMULATE, "numel(x2) * x3[-1]")
                    .plus(BIAS, "numel(x) * added"))
            .source(place(addmm, tensor)),
        sees("torch.mul", "Tensor.mul", "torch.add", "Tensor.add")
            .counts(ELEMENTWISE, "left_aligned")
            .note(
                "shapes are broadcast aligned at their first dimension; x * y, x + y and the "
                    + "in-place forms are not patched")
            .source(place(elementwise, tensor)));
  }

  private static String place(int handler, int patch) {
    return "pytorch_ops.py:" + handler + ", pytorch_engine.py:" + patch;
  }

  /** What is patched. */
  static String[] functionKeys() {
    return FUNCTIONS.rules().stream().flatMap(rule -> rule.keys().stream()).toArray(String[]::new);
  }

  private static Formula recurrent(String updates) {
    String steps = "sequence * D * ";
    return Formula.of(MULTIPLY_ACCUMULATE, steps + "gates * H * (I + L * P + (L - 1) * D * P)")
        .plus(GATES, steps + "L * H * " + updates)
        .plus(BIAS, steps + "L * 2 * gates * H * bias");
  }
}
