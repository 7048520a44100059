package org.whichflops.convention.torchinfo;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Term;
import org.whichflops.engine.nn.Module;

/**
 * {@code calculate_macs} of torchinfo (torchinfo/layer_info.py), of release 1.8.0 and of commit
 * 5c4164f.
 *
 * <p>It has no table of types. It goes through a module's parameters and multiplies the elements of
 * each by some sizes of the module's first output, which depend on the parameter's name and on
 * whether the name of the class has "Conv" in it. Whatever has no such parameter counts nothing.
 */
final class TorchinfoRules {
  private static final String CONV = "weight, bias of a class named *Conv*";
  private static final String LINEAR = "weight, bias of a class named *Linear*";
  private static final String NORM = "weight, bias of a class named *Norm*";
  private static final String OTHER = "weight, bias of any other class";
  private static final String NAMED = "parameters named *weight*, *bias*";

  private TorchinfoRules() {}

  /** Release 1.8.0. */
  static final RuleTable RELEASE =
      RuleTable.of(
          sees(CONV)
              .counts(MULTIPLY_ACCUMULATE, "numel_weight * (y[0] * spatial(y))")
              .and(BIAS, "numel_bias * (y[0] * spatial(y))")
              .note(
                  "by the class's name alone; a transposed convolution is counted by its output, "
                      + "about stride^dims too much")
              .source("layer_info.py:237"),
          sees(LINEAR)
              .counts(MULTIPLY_ACCUMULATE, "numel_weight * y[0]")
              .and(BIAS, "numel_bias * y[0]")
              .note(
                  "once for each element of the first dimension, however many rows there are: a "
                      + "transformer's linear layers count once a batch and not once a token")
              .source("layer_info.py:242"),
          sees(NORM)
              .counts(NORMALIZATION, "(numel_weight + numel_bias) * y[0]")
              .note("2 a channel and not 2 an element; the tool has no rule of its own for these")
              .source("layer_info.py:242"),
          sees(OTHER)
              .counts(MULTIPLY_ACCUMULATE, "numel_weight * y[0]")
              .and(BIAS, "numel_bias * y[0]")
              .note("an embedding multiplies its whole table")
              .source("layer_info.py:242"),
          sees(NAMED)
              .counts(MULTIPLY_ACCUMULATE, "numel_other_weights * (numel(y) // spatial(y))")
              .and(BIAS, "numel_other_biases * (numel(y) // spatial(y))")
              .note(
                  "meant for recurrent layers, whose first two sizes are steps and batch; those of "
                      + "a cell are batch and features, so a cell counts too much by its features")
              .source("layer_info.py:245"));

  /** Commit 5c4164f: linear layers count every row. */
  static final RuleTable MASTER =
      RELEASE
          .source(CONV, "layer_info.py:276")
          .with(
              sees(LINEAR)
                  .counts(MULTIPLY_ACCUMULATE, "numel_weight * (numel(y) // y[-1])")
                  .and(BIAS, "numel_bias * (numel(y) // y[-1])")
                  .note("once a row, which 1.8.0 does not; by the class's name alone")
                  .source("layer_info.py:280"))
          .source(NORM, "layer_info.py:283")
          .source(OTHER, "layer_info.py:283")
          .source(NAMED, "layer_info.py:286");

  /** The rule for a module's parameters, or null where it has none that count. */
  static @Nullable Rule find(RuleTable table, Module module) {
    boolean exact =
        module.attribute(Attribute.WEIGHT_ELEMENTS) != 0
            || module.attribute(Attribute.BIAS_ELEMENTS) != 0;
    boolean named =
        module.attribute(Attribute.OTHER_WEIGHT_ELEMENTS) != 0
            || module.attribute(Attribute.OTHER_BIAS_ELEMENTS) != 0;
    if (!exact) {
      return named ? table.find(NAMED) : null;
    }
    Rule rule = table.find(keyOfClass(module.type().name()));
    return named ? both(rule, table.find(NAMED)) : rule;
  }

  private static String keyOfClass(String name) {
    if (name.contains("Conv")) {
      return CONV;
    }
    if (name.contains("Linear")) {
      return LINEAR;
    }
    return name.contains("Norm") ? NORM : OTHER;
  }

  /** A module with parameters of either kind counts them all. */
  private static @Nullable Rule both(@Nullable Rule exact, @Nullable Rule named) {
    if (exact == null || named == null) {
      return null;
    }
    Formula sum = exact.formula();
    for (Term term : named.formula().terms()) {
      sum = sum.plus(term.label(), term.expr().text());
    }
    return new Rule(exact.keys(), sum, exact.note(), exact.source());
  }
}
