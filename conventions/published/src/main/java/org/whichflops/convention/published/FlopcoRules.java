package org.whichflops.convention.published;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/**
 * The functions of flopco-keras with {@code macs=True}. It knows the layers of a ResNet; at any
 * other it raises KeyError, where this convention counts nothing.
 */
final class FlopcoRules {
  private FlopcoRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("nn.Conv2d")
              .counts(MULTIPLY_ACCUMULATE, "y[1] * spatial(y) * C_in * K")
              .note("groups are not looked at, nor is the batch")
              .source("compute_layer_flops.py:19"),
          sees("nn.Linear")
              .counts(MULTIPLY_ACCUMULATE, "I * O")
              .note("once, whatever the rows")
              .source("compute_layer_flops.py:43"),
          sees("nn.BatchNorm2d")
              .counts(NORMALIZATION, "2 * (numel(x) // x[0])")
              .note("subtract and divide, gamma and beta: two fused operations")
              .source("compute_layer_flops.py:53"),
          sees("nn.AdaptiveAvgPool2d")
              .counts(POOLING, "spatial(x)")
              .note("height x width, without the channels")
              .source("compute_layer_flops.py:88"),
          sees("nn.ReLU", "nn.MaxPool2d")
              .countsNothing()
              .note("FLOPs, but no MACs")
              .source("compute_layer_flops.py:62, 71"));
}
