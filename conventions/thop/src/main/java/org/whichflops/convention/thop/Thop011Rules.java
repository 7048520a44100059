package org.whichflops.convention.thop;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.GATES;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/**
 * The table {@code register_hooks} of thop 0.1.1 (thop/profile.py, commit 43c064a) with the
 * functions it names (thop/vision/basic_hooks.py, calc_func.py, thop/rnn_hooks.py).
 */
final class Thop011Rules {
  private Thop011Rules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees(
                  "nn.Conv1d",
                  "nn.Conv2d",
                  "nn.Conv3d",
                  "nn.ConvTranspose1d",
                  "nn.ConvTranspose2d",
                  "nn.ConvTranspose3d")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * (x[1] // g) * K")
              .note(
                  "the bias is ignored; a transposed convolution is counted by its output, about "
                      + "stride^dims too much; an input without batch has its height read as "
                      + "channels")
              .source("basic_hooks.py:22, calc_func.py:28"),
          sees(
                  "nn.BatchNorm1d",
                  "nn.BatchNorm2d",
                  "nn.BatchNorm3d",
                  "nn.SyncBatchNorm",
                  "nn.InstanceNorm1d",
                  "nn.InstanceNorm2d",
                  "nn.InstanceNorm3d")
              .counts(NORMALIZATION, "2 * numel(x) * (1 + affine)")
              .note("2 an element, doubled with affine=True")
              .source("basic_hooks.py:60"),
          sees("nn.LayerNorm")
              .counts(NORMALIZATION, "2 * numel(x) * (1 + scaled)")
              .note("2 an element, doubled with elementwise_affine=True, also without bias")
              .source("basic_hooks.py:60"),
          sees("nn.Linear")
              .counts(MULTIPLY_ACCUMULATE, "I * numel(y)")
              .note("the bias is ignored")
              .source("basic_hooks.py:140"),
          sees("nn.PReLU")
              .counts(ACTIVATION, "numel(x)")
              .note("the one activation that counts")
              .source("basic_hooks.py:82"),
          sees("nn.Softmax")
              .counts(SOFTMAX, "(numel(x) // n) * (3 * n - 1)")
              .note("n exponentials, n - 1 additions and n divisions a row")
              .source("basic_hooks.py:98, calc_func.py:57"),
          sees("nn.AvgPool1d", "nn.AvgPool2d", "nn.AvgPool3d")
              .counts(POOLING, "numel(y)")
              .note("one an output, whatever the kernel")
              .source("basic_hooks.py:106"),
          sees("nn.AdaptiveAvgPool1d", "nn.AdaptiveAvgPool2d without batch")
              .counts(POOLING, "trunc((x[2] / y[2] + 1) * numel(y))")
              .note("as nn.AdaptiveAvgPool2d, which reads an input without batch as one size short")
              .source("basic_hooks.py:114"),
          sees("nn.AdaptiveAvgPool2d", "nn.AdaptiveAvgPool3d without batch")
              .counts(POOLING, "trunc((x[2] / y[2] * (x[3] / y[3]) + 1) * numel(y))")
              .note(
                  "inputs an output and one division, in floating point and cut to a whole "
                      + "number, so one may be lost")
              .source("basic_hooks.py:114"),
          sees("nn.AdaptiveAvgPool3d")
              .counts(
                  POOLING, "trunc((x[2] / y[2] * (x[3] / y[3]) * (x[4] / y[4]) + 1) * numel(y))")
              .note("as nn.AdaptiveAvgPool2d")
              .source("basic_hooks.py:114"),
          sees("nn.AdaptiveAvgPool1d without batch")
              .counts(POOLING, "2 * numel(y)")
              .note("no size from the third dimension on: a product of none is 1")
              .source("basic_hooks.py:114"),
          sees("nn.Upsample", "nn.UpsamplingBilinear2d", "nn.UpsamplingNearest2d")
              .counts(
                  INTERPOLATION,
                  "numel(y) * (nearest + 5 * linear + 11 * bilinear + 259 * bicubic)")
              .note("any other mode is logged and counts nothing")
              .source("basic_hooks.py:125, calc_func.py:75"),
          sees("nn.RNN", "nn.RNNCell")
              .counts(recurrent("1", "0"))
              .note(
                  "later layers read H features a direction; an input without batch is read as "
                      + "[steps, batch]; a projection is ignored")
              .source("rnn_hooks.py:6, 87"),
          sees("nn.GRU", "nn.GRUCell")
              .counts(recurrent("3", "4"))
              .note("as RNN, with 3 gates and 4 H for the state's update")
              .source("rnn_hooks.py:24, 124"),
          sees("nn.LSTM", "nn.LSTMCell")
              .counts(recurrent("4", "4"))
              .note("as RNN, with 4 gates and 4 H for the state's update")
              .source("rnn_hooks.py:56, 161"),
          sees("nn.LeakyReLU")
              .countsNothing()
              .note("calculate_relu_flops returns 0, whatever the size")
              .source("basic_hooks.py:90, calc_func.py:47"),
          sees(
                  "nn.ReLU",
                  "nn.ReLU6",
                  "nn.MaxPool1d",
                  "nn.MaxPool2d",
                  "nn.MaxPool3d",
                  "nn.AdaptiveMaxPool1d",
                  "nn.AdaptiveMaxPool2d",
                  "nn.AdaptiveMaxPool3d",
                  "nn.Dropout",
                  "nn.ZeroPad2d",
                  "nn.PixelShuffle",
                  "nn.Sequential")
              .countsNothing()
              .note("known and free, so their parameters are counted")
              .source("profile.py:22, basic_hooks.py:18"));

  /**
   * Steps times batch times the cells of all layers and directions. A cell is, a gate, H (in + H)
   * products, H additions and 2 H for two biases, and some H for the state's update.
   */
  private static Formula recurrent(String gates, String updates) {
    String steps = "sequence * D * ";
    return Formula.of(MULTIPLY_ACCUMULATE, steps + gates + " * H * (I + L * H + (L - 1) * D * H)")
        .plus(GATES, steps + "L * H * (" + gates + " + " + updates + ")")
        .plus(BIAS, steps + "L * 2 * H * " + gates + " * bias");
  }
}
