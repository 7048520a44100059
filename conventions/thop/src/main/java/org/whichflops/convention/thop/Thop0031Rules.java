package org.whichflops.convention.thop;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/**
 * The table {@code register_hooks} of thop 0.0.31 (thop/profile.py, commit b95bd4b, 2020-05-24)
 * with its functions (thop/vision/basic_hooks.py, thop/rnn_hooks.py), as what is other in 0.1.0.
 */
final class Thop0031Rules {
  private Thop0031Rules() {}

  /** What a size of None raises in {@code torch.DoubleTensor}. */
  static final String NONE_IS_NO_NUMBER = "TypeError: must be real number, not NoneType";

  private static final RuleTable MOVED =
      Thop010Rules.TABLE
          .source("nn.Linear", "basic_hooks.py:132")
          .source("nn.AvgPool2d", "basic_hooks.py:80")
          .source("nn.AdaptiveAvgPool1d", "basic_hooks.py:91")
          .source("nn.AdaptiveAvgPool2d", "basic_hooks.py:91")
          .source("nn.AdaptiveAvgPool3d", "basic_hooks.py:91")
          .source("nn.AdaptiveAvgPool1d without batch", "basic_hooks.py:91")
          .source("nn.RNN", "rnn_hooks.py:5, 86")
          .source("nn.GRU", "rnn_hooks.py:23, 120")
          .source("nn.LSTM", "rnn_hooks.py:55, 154")
          .source("nn.ReLU", "profile.py:25, basic_hooks.py:18");

  static final RuleTable TABLE =
      MOVED
          .without(
              "nn.LayerNorm",
              "nn.InstanceNorm1d",
              "nn.InstanceNorm2d",
              "nn.InstanceNorm3d",
              "nn.PReLU",
              "nn.Softmax",
              "nn.Sequential")
          .with(
              sees(
                      "nn.Conv1d",
                      "nn.Conv2d",
                      "nn.Conv3d",
                      "nn.ConvTranspose1d",
                      "nn.ConvTranspose2d",
                      "nn.ConvTranspose3d")
                  .counts(MULTIPLY_ACCUMULATE, "numel(y) * (C_in // g * K)")
                  .and(BIAS, "numel(y) * bias")
                  .note(
                      "with the bias, which 0.1.x ignores; a transposed convolution is counted by "
                          + "its output, about stride^dims too much")
                  .source("basic_hooks.py:22"))
          .with(
              sees("nn.BatchNorm1d", "nn.BatchNorm2d", "nn.BatchNorm3d", "nn.SyncBatchNorm")
                  .counts(NORMALIZATION, "2 * numel(x)")
                  .note("2 an element, whether there is a learnt weight or not")
                  .source("basic_hooks.py:48"))
          .with(
              sees("nn.LeakyReLU")
                  .counts(ACTIVATION, "numel(x)")
                  .note("1 an element, though nn.ReLU counts nothing")
                  .source("basic_hooks.py:59"))
          .with(
              sees("nn.Upsample", "nn.UpsamplingBilinear2d", "nn.UpsamplingNearest2d")
                  .counts(INTERPOLATION, "numel(y) * (5 * linear + 11 * bilinear + 259 * bicubic)")
                  .note("nearest counts nothing; any other mode is logged and counts nothing")
                  .source("basic_hooks.py:103"))
          .with(
              sees("nn.AdaptiveAvgPool2d without batch, two sizes given")
                  .counts(POOLING, "(x[2] // y[1] * (x[2] // y[2]) + 1) * numel(y)")
                  .note("the width alone, divided by output_size's height and by its width")
                  .source("basic_hooks.py:91"));
}
