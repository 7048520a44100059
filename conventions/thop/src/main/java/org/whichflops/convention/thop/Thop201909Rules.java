package org.whichflops.convention.thop;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ADDITION;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/**
 * The table {@code register_hooks} of thop as of September 2019 (thop/profile.py, commit 55efdec)
 * with its functions (thop/count_hooks.py), as what is other in 0.0.31. The table in thop's README
 * was made with it.
 */
final class Thop201909Rules {
  private Thop201909Rules() {}

  private static final RuleTable MOVED =
      Thop0031Rules.TABLE
          .source("nn.Conv2d", "count_hooks.py:17")
          .source("nn.LeakyReLU", "count_hooks.py:53")
          .source("nn.AdaptiveAvgPool1d", "count_hooks.py:84")
          .source("nn.AdaptiveAvgPool2d", "count_hooks.py:84")
          .source("nn.AdaptiveAvgPool3d", "count_hooks.py:84")
          .source("nn.AdaptiveAvgPool1d without batch", "count_hooks.py:84")
          .source("nn.AdaptiveAvgPool2d without batch, two sizes given", "count_hooks.py:84")
          .with(
              sees(
                      "nn.ReLU",
                      "nn.ReLU6",
                      "nn.MaxPool1d",
                      "nn.MaxPool2d",
                      "nn.MaxPool3d",
                      "nn.AdaptiveMaxPool1d",
                      "nn.AdaptiveMaxPool2d",
                      "nn.AdaptiveMaxPool3d",
                      "nn.Dropout")
                  .countsNothing()
                  .note("known and free; parameters are counted with or without a rule")
                  .source("profile.py:12, count_hooks.py:13"));

  static final RuleTable TABLE =
      MOVED
          .without(
              "nn.SyncBatchNorm",
              "nn.RNN",
              "nn.RNNCell",
              "nn.GRU",
              "nn.GRUCell",
              "nn.LSTM",
              "nn.LSTMCell",
              "nn.ZeroPad2d")
          .with(
              sees("nn.Linear")
                  .counts(MULTIPLY_ACCUMULATE, "I * numel(y)")
                  .and(ADDITION, "(I - 1) * numel(y)")
                  .note(
                      "additions count as well, unlike a convolution's: (2 I - 1) an output; the "
                          + "bias is ignored")
                  .source("count_hooks.py:123"))
          .with(
              sees("nn.BatchNorm1d", "nn.BatchNorm2d", "nn.BatchNorm3d")
                  .counts(NORMALIZATION, "4 * numel(x)")
                  .note("subtract, divide, gamma and beta, whether there are these or not")
                  .source("count_hooks.py:43"))
          .with(
              sees("nn.AvgPool1d", "nn.AvgPool2d", "nn.AvgPool3d")
                  .counts(POOLING, "(k + 1) * numel(y)")
                  .note(
                      "additions and one division an output, but a kernel_size given as one number "
                          + "is taken once and not for every dimension")
                  .source("count_hooks.py:74"))
          .with(
              sees("nn.Upsample", "nn.UpsamplingBilinear2d", "nn.UpsamplingNearest2d")
                  .counts(INTERPOLATION, "numel(y) * (5 * linear + 13 * bilinear + 259 * bicubic)")
                  .note("nearest counts nothing; any other mode is logged and counts nothing")
                  .source("count_hooks.py:95"));
}
