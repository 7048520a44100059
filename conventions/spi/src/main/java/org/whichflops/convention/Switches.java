package org.whichflops.convention;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What people argue about in a formula, as options: biases, batch norms, activations, softmax, the
 * products of an attention, transposed convolutions, and whether a batch is one image.
 */
public final class Switches {
  private final Map<String, String> given;

  private Switches(Map<String, String> given) {
    this.given = given;
  }

  /** An option's name, its values with the default first, and what it changes. */
  private enum Option {
    BIAS("bias", "false|true", "whether the addition of a bias counts"),
    BN(
        "bn",
        "ignored|counted|folded",
        "batch norm: nothing, a multiplication and an addition an element, or folded into the "
            + "layer before it, which then has a bias (where there is none before it, counted)"),
    ACTIVATIONS("activations", "false|true", "whether an activation counts one an element"),
    SOFTMAX(
        "softmax",
        "false|true",
        "whether a softmax counts: n exponentials, n - 1 additions, n divisions a row"),
    ATTENTION(
        "attention",
        "full|causal|none",
        "the products of queries with keys and of weights with values: all, half of them as a "
            + "causal mask leaves, or none"),
    TRANSPOSED(
        "transposed",
        "input|output",
        "whether a transposed convolution is applied at its input's positions or, as some tools "
            + "have it, at its output's"),
    PER("per", "batch|image", "whether the count is the batch's or one image's");

    private final String word;
    private final String values;
    private final String meaning;

    Option(String word, String values, String meaning) {
      this.word = word;
      this.values = values;
      this.meaning = meaning;
    }
  }

  /**
   * Adds all options to a formula.
   *
   * @param table the formula's rules under given settings
   */
  public static TableConvention on(
      TableConvention formula, Function<Switches, RuleTable> table, boolean withBias) {
    TableConvention result = formula;
    for (Option option : Option.values()) {
      boolean turned = option == Option.BIAS && withBias;
      result =
          result.option(
              new Choice(
                  option.word,
                  turned ? "true|false" : option.values,
                  option.meaning,
                  (convention, value) -> set(convention, option.word, value, table)));
    }
    return result;
  }

  /** No option set. */
  public static Switches none() {
    return new Switches(Map.of());
  }

  private static TableConvention set(
      TableConvention convention,
      String option,
      String value,
      Function<Switches, RuleTable> table) {
    Map<String, String> all = new TreeMap<>(convention.given());
    all.put(option, value);
    Switches switches = new Switches(all);
    return convention
        .rules(() -> table.apply(switches))
        .counting(
            (network, rules) -> new SwitchedCounter(network, rules, switches.is("per", "image")));
  }

  /** Whether an option was set to a value. */
  public boolean is(String option, String value) {
    return value.equals(given.get(option));
  }

  /** A formula with what an attention's products count: all, half or nothing of it. */
  public String attention(String formula) {
    return is("attention", "causal")
        ? "(" + formula + ") // 2"
        : is("attention", "none") ? "0" : formula;
  }

  /** Where the kernel of a convolution is applied. */
  public String positions() {
    return is("transposed", "output") ? "(numel(y) // C_out)" : "positions";
  }

  /**
   * A table with the rows that the options add.
   *
   * @param batchNorm what a batch norm counts an element, as a factor: {@code "2 * "} or nothing
   * @param biasCounts whether the bias counts that a folded batch norm leaves
   */
  public RuleTable with(RuleTable products, String batchNorm, boolean biasCounts) {
    List<Rule> more = new ArrayList<>();
    if (is("bn", "counted") || is("bn", "folded")) {
      more.add(
          sees("aten.batch_norm")
              .counts(NORMALIZATION, batchNorm + "numel(x)")
              .note("a scale and a shift, the statistics merged into them"));
    }
    if (is("bn", "folded")) {
      more.add(
          sees(FoldingCounter.FOLDED)
              .counts(BIAS, biasCounts ? "numel(x)" : "0")
              .note("after a convolution or linear layer without bias: its bias from now on"));
    }
    if (is("activations", "true")) {
      more.add(
          sees(ACTIVATIONS).counts(ACTIVATION, "numel(y)").note("one an element, whatever it is"));
    }
    if (is("softmax", "true")) {
      more.add(
          sees("aten.softmax", "aten.log_softmax")
              .counts(SOFTMAX, "3 * numel(x) - numel(x) // n")
              .note("n exponentials, n - 1 additions and n divisions a row"));
    }
    return more.isEmpty() ? products : products.and(RuleTable.of(more.toArray(Rule[]::new)));
  }

  private static final String[] ACTIVATIONS = {
    "aten.relu",
    "aten.relu_",
    "aten.relu6",
    "aten.hardtanh",
    "aten.hardtanh_",
    "aten.leaky_relu",
    "aten.leaky_relu_",
    "aten.prelu",
    "aten.rrelu",
    "aten.threshold",
    "aten.elu",
    "aten.elu_",
    "aten.selu",
    "aten.celu",
    "aten.gelu",
    "aten.sigmoid",
    "aten.sigmoid_",
    "aten.silu",
    "aten.silu_",
    "aten.log_sigmoid",
    "aten.glu",
    "aten.hardsigmoid",
    "aten.hardsigmoid_",
    "aten.hardswish",
    "aten.hardswish_",
    "aten.tanh",
    "aten.tanhshrink",
    "aten.softplus",
    "aten.mish",
    "aten.softsign",
    "aten.hardshrink",
    "aten.softshrink"
  };
}
