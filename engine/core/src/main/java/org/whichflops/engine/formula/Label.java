package org.whichflops.engine.formula;

/** What a term of a formula pays for, in plain words; differences of tools are sums of these. */
public enum Label {
  /** Multiplications of convolutions, linear layers and matrix products, with their additions. */
  MULTIPLY_ACCUMULATE("multiply-accumulate"),
  /** The addition of a bias. */
  BIAS("bias"),
  /** The addition that a sum of n products does not need: n - 1 are enough. */
  FIRST_ADDITION("first addition of a sum"),
  /** Batch, layer, group, instance and other normalizations. */
  NORMALIZATION("normalization"),
  /** Activations, such as ReLU. */
  ACTIVATION("activation"),
  /** Maximum, average and adaptive pooling. */
  POOLING("pooling"),
  /** Softmax, on its own or inside an attention. */
  SOFTMAX("softmax"),
  /** The products of queries with keys, and of attention weights with values. */
  ATTENTION("attention"),
  /** Scaling of queries. */
  SCALING("scaling"),
  /** Additions and multiplications element by element. */
  ELEMENTWISE("elementwise"),
  /** Resampling to another resolution. */
  INTERPOLATION("interpolation"),
  /** Products of sizes that a model's Python code computes, which a trace holds as operators. */
  SIZES("arithmetic of sizes"),
  /** Gates and state updates of recurrent layers. */
  GATES("gates"),
  /** Multiplications, in counts of raw arithmetic. */
  MULTIPLICATION("multiplication"),
  /** Additions and subtractions, in counts of raw arithmetic. */
  ADDITION("addition"),
  /** Divisions, in counts of raw arithmetic. */
  DIVISION("division"),
  /** Comparisons, in counts of raw arithmetic. */
  COMPARISON("comparison"),
  /** Roots, exponentials, logarithms, hyperbolic tangents and their like, one each. */
  SPECIAL_FUNCTION("special function"),
  /** Parameters, in counts that are of nothing else. */
  PARAMETERS("parameters"),
  /** Seen by the tool and worth nothing to it. */
  NOTHING("nothing"),
  /** A number of operations a parameter and token, in rules of thumb for language models. */
  PARAMETERS_TIMES_TOKENS("parameters times tokens"),
  /** Division by the batch, with the cut to a whole number after it. */
  BATCH_AVERAGE("averaged over the batch"),
  /** Rounding of a tool that adds in floating point. */
  ROUNDING("floating-point rounding");

  private final String words;

  Label(String words) {
    this.words = words;
  }

  /** The label as reports print it. */
  public String words() {
    return words;
  }
}
