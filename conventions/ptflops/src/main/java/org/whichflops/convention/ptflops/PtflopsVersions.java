package org.whichflops.convention.ptflops;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.SCALING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import java.util.Objects;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/** The tables of older versions, each as what differs from the version after it. */
final class PtflopsVersions {
  private PtflopsVersions() {}

  private static final String OPS = "pytorch_ops.py";
  private static final String ONE_FILE = "flops_counter.py";

  /** 0.7.4, tag v0.7.4 (e527001). */
  static RuleTable v074() {
    return lines(OPS, 19, 28, 33, 44, 49, 58, 99, 124, 157, 174)
        .in(
            Ptflops075Rules.MODULES
                .with(convolution("nn.Conv1d", "nn.Conv2d", "nn.Conv3d"))
                .with(
                    convolution("nn.ConvTranspose1d", "nn.ConvTranspose2d", "nn.ConvTranspose3d")
                        .note(
                            "by the output's positions, stride^dims too much, from 0.6.4 to 0.7.4"))
                .with(
                    deformable()
                        .note("24 for an interpolation and its coordinates a tap, 1 for a mask")
                        .source(OPS + ":89"))
                .source(Ptflops075Rules.TIMM[0], OPS + ":240"))
        .and(Ptflops075Rules.functions(341, 345, 379, 384, 391, 348, 434));
  }

  /** 0.7.2.2, tag v0.7.2.2 (7571bb6). */
  static RuleTable v0722() {
    RuleTable table = v074();
    for (Rule function : Ptflops075Rules.functions(341, 345, 375, 380, 387, 344, 430).rules()) {
      table = table.with(function);
    }
    return table.with(interpolation(345, 344));
  }

  /** 0.7.1, tag v0.7.1 (2a85e5d). */
  static RuleTable v071() {
    RuleTable table =
        lines(OPS, 19, 28, 33, 42, 47, 56, 97, 122, 155, 172)
            .in(
                v0722()
                    .with(
                        sees("nn.Linear")
                            .counts(
                                Formula.of(MULTIPLY_ACCUMULATE, "numel(x) * y[-1]")
                                    .plus(BIAS, "y[-1] * bias"))
                            .note("the bias once, and not for every row and image"))
                    .source("torchvision.ops.deform_conv.DeformConv2d", OPS + ":87")
                    .without(Ptflops075Rules.TIMM));
    for (Rule function : Ptflops075Rules.functions(310, 314, 341, 346, 353, 338, 412).rules()) {
      table = table.with(function);
    }
    return table.with(interpolation(314, 338));
  }

  /** 0.7, tag v0.7 (13a7ef8): modules only, functions were not patched yet. */
  static RuleTable v07() {
    RuleTable table =
        v071()
            .without("torchvision.ops.deform_conv.DeformConv2d")
            .without(Ptflops075Rules.functionKeys());
    table = noted(table, "nn.ReLU", "one an element");
    table = noted(table, "nn.MaxPool2d", "one an element of the input, whatever the kernel");
    table = noted(table, "nn.Upsample", "reads the output as a tuple: only the first image counts");
    table =
        noted(
            table,
            "nn.MultiheadAttention",
            "the output projection's bias is counted whether there is one or not");
    return lines(OPS, 17, 26, 31, 39, 44, 53, 84, 109, 142, 159).in(table);
  }

  private static RuleTable noted(RuleTable table, String key, String note) {
    return table.with(Objects.requireNonNull(table.find(key)).note(note));
  }

  /** 0.6.9, tag v0.6.9 (f6797ec), and 0.6.8, tag v0.6.8 (8ea2c06), which prints otherwise. */
  static RuleTable v069() {
    return v07().without("nn.LayerNorm");
  }

  /** 0.6.7, tag v0.6.7 (29621c8). */
  static RuleTable v067() {
    return lines(ONE_FILE, 260, 269, 274, 282, 287, 296, 340, 365, 398, 415)
        .in(v069().without("nn.GELU"));
  }

  /** 0.6.6, tag v0.6.6 (deaefe7): attention for the first time, sequence first whatever is said. */
  static RuleTable v066() {
    return v067()
        .with(
            sees("nn.MultiheadAttention")
                .counts(
                    Formula.of(SCALING, "x[1] * heads * x[0] * (E // heads)")
                        .plus(
                            MULTIPLY_ACCUMULATE,
                            "x[1] * (x[0] * x[2] * E + x2[0] * x2[2] * E_k + x3[0] * x3[2] * E_v "
                                + "+ x[0] * E * E)")
                        .plus(BIAS, "x[1] * ((x[0] + x2[0] + x3[0]) * E * bias + x[0] * E)")
                        .plus(ATTENTION, "2 * x[1] * heads * x[0] * x2[0] * (E // heads)")
                        .plus(SOFTMAX, "x[1] * heads * x[0] * x2[0]"))
                .note(
                    "batch_first is not looked at: the batch is read as the length and the length "
                        + "as the batch; the output projection's bias counts whether there is one "
                        + "or not")
                .source(ONE_FILE + ":415"));
  }

  /** 0.6.4, tag v0.6.4 (a8bb3c3). */
  static RuleTable v064() {
    return lines(ONE_FILE, 254, 263, 268, 276, 281, 290, 334, 359, 392, 0)
        .in(
            v066()
                .without(
                    "nn.InstanceNorm1d",
                    "nn.InstanceNorm2d",
                    "nn.InstanceNorm3d",
                    "nn.GroupNorm",
                    "nn.MultiheadAttention"));
  }

  /** 0.5.2, tag v0.5.2 (ae01bf9). */
  static RuleTable v052() {
    return lines(ONE_FILE, 226, 235, 240, 246, 251, 287, 0, 0, 0, 0)
        .in(
            v064()
                .without("nn.RNN", "nn.RNNCell", "nn.GRU", "nn.GRUCell", "nn.LSTM", "nn.LSTMCell")
                .without("nn.ConvTranspose1d", "nn.ConvTranspose3d")
                .with(
                    sees("nn.Linear")
                        .counts(MULTIPLY_ACCUMULATE, "numel(x) * y[-1]")
                        .note("the bias is ignored")))
        .with(
            sees("nn.ConvTranspose2d")
                .counts(
                    Formula.of(MULTIPLY_ACCUMULATE, "x[0] * spatial(x) * K * C_in * (C_out // g)")
                        .plus(BIAS, "C_out * x[0] * y[2] * y[2] * bias"))
                .note(
                    "by the input's positions, as it should be; the bias by the output's height "
                        + "squared, its width is not looked at")
                .source(ONE_FILE + ":261"));
  }

  /** 0.4, tag v0.4 (accc3ac). */
  static RuleTable v04() {
    return lines(ONE_FILE, 202, 211, 216, 222, 226, 261, 0, 0, 0, 0)
        .in(
            v052()
                .source("nn.ConvTranspose2d", ONE_FILE + ":235")
                .with(
                    sees("nn.Linear")
                        .counts(MULTIPLY_ACCUMULATE, "x[0] * x[1] * y[1]")
                        .note(
                            "made for [batch, features]: of more dimensions the first two count")));
  }

  private static SourceLines lines(
      String file,
      int upsample,
      int relu,
      int linear,
      int pool,
      int norm,
      int conv,
      int rnn,
      int rnnLayer,
      int rnnCell,
      int attention) {
    return new SourceLines(
        file, upsample, relu, linear, pool, norm, conv, rnn, rnnLayer, rnnCell, attention);
  }

  private static Rule convolution(String... keys) {
    return sees(keys)
        .counts(
            Formula.of(MULTIPLY_ACCUMULATE, "x[0] * spatial(y) * K * C_in * (C_out // g)")
                .plus(BIAS, "x[0] * spatial(y) * C_out * bias"))
        .note("an input without batch has its channels read as batch");
  }

  private static Rule deformable() {
    return sees("torchvision.ops.deform_conv.DeformConv2d")
        .counts(
            Formula.of(MULTIPLY_ACCUMULATE, "x[0] * spatial(y) * K * C_in * (C_out // g)")
                .plus(INTERPOLATION, "x[0] * spatial(y) * K * (24 + masked)")
                .plus(BIAS, "x[0] * spatial(y) * C_out * bias"));
  }

  private static Rule interpolation(int handler, int patch) {
    return sees("F.upsample", "F.interpolate")
        .counts(INTERPOLATION, "asked + enlarged_by_batch")
        .note(
            "a size without batch and channels, one number taken once; a factor to the power of "
                + "the batch, where the dimensions were meant, and one factor each only where "
                + "there are as many as images, else the tool fails")
        .source("%s:%d, pytorch_engine.py:%d".formatted(OPS, handler, patch));
  }
}
