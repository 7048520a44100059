package org.whichflops.convention.published;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.FIRST_ADDITION;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;

/** {@code call_hook} of imgclsmob's {@code measure_model}, for the modules of torch.nn. */
final class ImgclsmobRules {
  private ImgclsmobRules() {}

  /** Its tables' networks have an adaptive pooling at the end only, to one output a channel. */
  static RuleTable table(boolean wholeInput) {
    return RuleTable.of(
        sees("nn.Conv1d", "nn.Conv2d")
            .counts(MULTIPLY_ACCUMULATE, "2 * numel(y) * C_in * K // g")
            .and(FIRST_ADDITION, "-x[0] * C_in * C_out // g * (1 - bias)")
            .note(
                "(2 K y_size - 1) C_in C_out // groups: the missing addition is taken once a "
                    + "pair of channels, not once an output; with a bias nothing is missing")
            .source("model_stats.py:133"),
        sees("nn.Linear")
            .counts(MULTIPLY_ACCUMULATE, "x[0] * 2 * I * O")
            .and(FIRST_ADDITION, "-x[0] * O * (1 - bias)")
            .note("times the first dimension only")
            .source("model_stats.py:91"),
        sees("nn.BatchNorm1d", "nn.BatchNorm2d", "nn.InstanceNorm2d")
            .counts(NORMALIZATION, "4 * numel(x)")
            .source("model_stats.py:159"),
        activation(1, "model_stats.py:101, 113", "nn.ReLU", "nn.ReLU6"),
        activation(2, "model_stats.py:110", "nn.LeakyReLU"),
        activation(3, "model_stats.py:104, 116", "nn.ELU", "nn.PReLU"),
        activation(4, "model_stats.py:107", "nn.Sigmoid"),
        sees("nn.Softmax", "nn.Softmax2d")
            .counts(SOFTMAX, "4 * numel(x)")
            .source("model_stats.py:237"),
        sees("nn.MaxPool2d", "nn.AvgPool2d")
            .counts(POOLING, "numel(y) * K")
            .source("model_stats.py:168"),
        sees("nn.AdaptiveAvgPool2d", "nn.AdaptiveMaxPool2d")
            .counts(POOLING, wholeInput ? "numel(y) * x[2] * x[3]" : "taps")
            .note(
                "K y_size with the input's size for K; pool=input takes that also where there "
                    + "are several outputs, as the code does, and not the window of each")
            .source("model_stats.py:182"),
        sees("nn.ConvTranspose2d")
            .counts(INTERPOLATION, "4 * numel(x)")
            .note("taken for a resampling")
            .source("model_stats.py:128"),
        sees("nn.Upsample").counts(INTERPOLATION, "4 * numel(x)").source("model_stats.py:217"),
        sees("nn.PixelShuffle", "pytorchcv.models.common.ChannelShuffle")
            .counts(ELEMENTWISE, "numel(x)")
            .source("model_stats.py:199, 211"),
        sees("nn.Dropout", "nn.Sequential", "nn.ZeroPad2d")
            .countsNothing()
            .source("model_stats.py:195"));
  }

  private static Rule activation(int each, String source, String... keys) {
    return sees(keys)
        .counts(ACTIVATION, each == 1 ? "numel(x)" : each + " * numel(x)")
        .source(source);
  }
}
