package org.whichflops.engine.tensor;

/**
 * The operators, each with the arithmetic of its direct algorithm.
 *
 * <p>Rules of the count: a sum of n numbers takes n - 1 additions; a product with a constant is a
 * multiplication; a subtraction is an addition; taps on zero padding are computed, since a loop
 * over the padded input computes them; a root, exponential, logarithm, error function or hyperbolic
 * tangent is one special function. Values that do not depend on the input's numbers (interpolation
 * weights, indices) cost nothing.
 */
final class Aten {
  // Every product is added to a sum; a gate has two sums, which are added, and two biases.
  private static final String RECURRENT_PRODUCTS = "T * B * products";
  private static final String RECURRENT_SUMS =
      "T * B * (products - D * L * (gates * H * (1 - 2 * bias) + projected * P))";

  private Aten() {}

  /** Loads this class, and so makes its operators known. */
  static void load() {}

  // Products. A convolution is one product a weight and position: N * S(y) * |w|, or N * S(x) * |w|
  // transposed; each of its sums of n products takes n - 1 additions and a bias one more.
  static final Operator CONVOLUTION =
      op("convolution")
          .multiplies("positions * numel(w)")
          .adds("positions * numel(w) - sums + numel(y) * bias");
  static final Operator CONVOLUTION_MODE = op("_convolution_mode");
  static final Operator DEFORM_CONV =
      // Every tap is first interpolated from 4 neighbours: 4 products, 3 additions; a mask is one
      // product more.
      op("deform_conv2d")
          .multiplies("positions * (numel(w) + C_in * K * (4 + masked))")
          .adds("positions * (numel(w) + 3 * C_in * K) - sums + numel(y) * bias");
  static final Operator LINEAR = op("linear");
  static final Operator MATMUL = op("matmul");
  static final Operator EINSUM = op("einsum");
  static final Operator MM = product("mm");
  static final Operator BMM = product("bmm");
  static final Operator MV = op("mv").multiplies("numel(x)").adds("numel(x) - numel(y)");
  static final Operator DOT = op("dot").multiplies("numel(x)").adds("numel(x) - 1");
  static final Operator ADDMM = addedProduct("addmm");
  static final Operator BADDBMM = addedProduct("baddbmm");
  static final Operator BILINEAR =
      op("_trilinear")
          .multiplies("numel(x) // x[-1] * (numel(w) + x[-1] * O)")
          .adds("numel(x) // x[-1] * (numel(w) - O) + numel(y) * bias");
  static final Operator ATTENTION = op("scaled_dot_product_attention");
  static final Operator FLASH_ATTENTION =
      op("_scaled_dot_product_flash_attention_for_cpu")
          .multiplies("B * heads * L_q * (L_k * (x[-1] + x3[-1]) + x[-1])")
          .adds("B * heads * L_q * (L_k * (x[-1] + x3[-1] + 1 + masked) - x3[-1] - 1)")
          .divides("B * heads * L_q * L_k")
          .compares("B * heads * L_q * (L_k - 1)")
          .specials("B * heads * L_q * L_k");
  static final Operator NATIVE_ATTENTION = nativeAttention("");
  // The weights, where they are returned, are averaged over the heads.
  static final Operator NATIVE_ATTENTION_WITH_WEIGHTS =
      nativeAttention("need_weights").adds("B * (heads - 1) * L_q * L_q").divides("B * L_q * L_q");

  // Recurrent layers, per step, layer and direction: gates * H * (in + P) products, their sums,
  // two biases a gate, one special function and division a gate, and the state's updates.
  static final Operator RNN =
      op("rnn_tanh")
          .multiplies(RECURRENT_PRODUCTS)
          .adds(RECURRENT_SUMS)
          .specials("T * B * D * L * H");
  static final Operator GRU =
      op("gru")
          .multiplies(RECURRENT_PRODUCTS + " + T * B * D * L * 3 * H")
          .adds(RECURRENT_SUMS + " + T * B * D * L * 4 * H")
          .divides("T * B * D * L * 2 * H")
          .specials("T * B * D * L * 3 * H");
  static final Operator LSTM =
      op("lstm")
          .multiplies(RECURRENT_PRODUCTS + " + T * B * D * L * 3 * H")
          .adds(RECURRENT_SUMS + " + T * B * D * L * 4 * H")
          .divides("T * B * D * L * 3 * H")
          .specials("T * B * D * L * 5 * H");

  // What ATen runs for them: on the CPU one oneDNN kernel a layer and direction of an LSTM, else
  // products, with gates and updates between.
  static final Operator RECURRENT_KERNEL = Operator.part("mkldnn_rnn_layer");
  static final Operator RECURRENT_MM = Operator.part("mm");
  static final Operator RECURRENT_ADDMM = Operator.part("addmm");
  static final Operator RECURRENT_ADD = Operator.part("add");

  // Normalizations. Where statistics are computed, for R = |x| / row rows: mean, centring,
  // variance, 1 / sqrt(variance + eps), scaling.
  static final Operator BATCH_NORM = tracked(op("batch_norm"));
  static final Operator BATCH_NORM_OF_BATCH = normalization("batch_norm", "batch statistics");
  static final Operator INSTANCE_NORM = normalization("instance_norm", "");
  static final Operator INSTANCE_NORM_TRACKED =
      tracked(Operator.variant("instance_norm", "running statistics"));
  static final Operator LAYER_NORM = normalization("layer_norm", "");
  static final Operator GROUP_NORM = normalization("group_norm", "");
  static final Operator RMS_NORM =
      op("rms_norm")
          .multiplies("numel(x) * (2 + scaled)")
          .adds("numel(x)")
          .divides("2 * (numel(x) // row)")
          .specials("numel(x) // row");

  // Activations.
  static final Operator RELU = op("relu").compares("numel(x)");
  static final Operator RELU_ = op("relu_").compares("numel(x)");
  static final Operator HARDTANH = op("hardtanh").compares("2 * numel(x)");
  static final Operator HARDTANH_ = op("hardtanh_").compares("2 * numel(x)");
  static final Operator RELU6 = op("relu6").compares("2 * numel(x)");
  static final Operator LEAKY_RELU = op("leaky_relu").compares("numel(x)").multiplies("numel(x)");
  static final Operator LEAKY_RELU_ = op("leaky_relu_").compares("numel(x)").multiplies("numel(x)");
  static final Operator PRELU = op("prelu").compares("numel(x)").multiplies("numel(x)");
  static final Operator RRELU = op("rrelu").compares("numel(x)").multiplies("numel(x)");
  static final Operator THRESHOLD = op("threshold").compares("numel(x)");
  static final Operator ELU = exponentialUnit("elu");
  static final Operator ELU_ = exponentialUnit("elu_");
  static final Operator SELU = exponentialUnit("selu").multiplies("numel(x)");
  static final Operator CELU = exponentialUnit("celu").divides("numel(x)");
  static final Operator GELU =
      op("gelu").multiplies("3 * numel(x)").adds("numel(x)").specials("numel(x)");
  static final Operator GELU_TANH =
      Operator.variant("gelu", "tanh")
          .multiplies("6 * numel(x)")
          .adds("2 * numel(x)")
          .specials("numel(x)");
  static final Operator SIGMOID = sigmoid("sigmoid");
  static final Operator SIGMOID_ = sigmoid("sigmoid_");
  static final Operator SILU = sigmoid("silu").multiplies("numel(x)");
  static final Operator SILU_ = sigmoid("silu_").multiplies("numel(x)");
  static final Operator LOG_SIGMOID = sigmoid("log_sigmoid").specials("numel(x)");
  static final Operator GLU =
      op("glu").multiplies("numel(y)").adds("numel(y)").divides("numel(y)").specials("numel(y)");
  static final Operator HARDSIGMOID = hardSigmoid("hardsigmoid");
  static final Operator HARDSIGMOID_ = hardSigmoid("hardsigmoid_");
  static final Operator HARDSWISH = hardSigmoid("hardswish").multiplies("numel(x)");
  static final Operator HARDSWISH_ = hardSigmoid("hardswish_").multiplies("numel(x)");
  static final Operator TANH = op("tanh").specials("numel(x)");
  static final Operator TANHSHRINK = op("tanhshrink").specials("numel(x)").adds("numel(x)");
  static final Operator SOFTPLUS = op("softplus").specials("2 * numel(x)").adds("numel(x)");
  static final Operator MISH =
      op("mish").specials("3 * numel(x)").adds("numel(x)").multiplies("numel(x)");
  static final Operator SOFTSIGN =
      op("softsign").compares("numel(x)").adds("numel(x)").divides("numel(x)");
  static final Operator HARDSHRINK = op("hardshrink").compares("2 * numel(x)");
  static final Operator SOFTSHRINK = op("softshrink").compares("2 * numel(x)").adds("numel(x)");
  static final Operator SOFTMAX =
      op("softmax")
          .compares("numel(x) - numel(x) // n")
          .adds("2 * numel(x) - numel(x) // n")
          .specials("numel(x)")
          .divides("numel(x)");
  static final Operator LOG_SOFTMAX =
      op("log_softmax")
          .compares("numel(x) - numel(x) // n")
          .adds("3 * numel(x) - numel(x) // n")
          .specials("numel(x) + numel(x) // n");

  // Pooling: a maximum of n takes n - 1 comparisons, a mean of n takes n - 1 additions, a division.
  static Operator maxPool(String name) {
    return op(name).compares("taps - numel(y)");
  }

  static Operator averagePool(String name) {
    return op(name).adds("taps - numel(y)").divides("numel(y)");
  }

  // Reductions.
  static final Operator MEAN = op("mean").adds("numel(x) - numel(y)").divides("numel(y)");
  static final Operator SUM = op("sum").adds("numel(x) - numel(y)");
  static final Operator MAX = op("amax").compares("numel(x) - numel(y)");
  static final Operator MIN = op("amin").compares("numel(x) - numel(y)");
  static final Operator ARGMAX = op("argmax").compares("numel(x) - numel(y)");
  static final Operator ARGMIN = op("argmin").compares("numel(x) - numel(y)");
  static final Operator PROD = op("prod").multiplies("numel(x) - numel(y)");
  static final Operator CUMSUM = op("cumsum").adds("numel(x) - numel(x) // n");
  static final Operator VAR =
      op("var").adds("3 * numel(x) - 2 * numel(y)").multiplies("numel(x)").divides("2 * numel(y)");
  static final Operator NORM =
      op("linalg_vector_norm")
          .multiplies("numel(x)")
          .adds("numel(x) - numel(y)")
          .specials("numel(y)");

  // Element by element, over the broadcast shape.
  static final Operator ADD = op("add").adds("numel(y)");
  static final Operator ADD_ = op("add_").adds("numel(y)");
  static final Operator SUB = op("sub").adds("numel(y)");
  static final Operator SUB_ = op("sub_").adds("numel(y)");
  static final Operator RSUB = op("rsub").adds("numel(y)");
  static final Operator MUL = op("mul").multiplies("numel(y)");
  static final Operator MUL_ = op("mul_").multiplies("numel(y)");
  static final Operator DIV = op("div").divides("numel(y)");
  static final Operator DIV_ = op("div_").divides("numel(y)");
  static final Operator NEG = op("neg").adds("numel(y)");
  static final Operator ABS = op("abs").compares("numel(y)");
  static final Operator SQUARE = op("pow").multiplies("numel(y)");
  static final Operator REAL_POW = Operator.variant("pow", "other than 2").specials("numel(y)");
  static final Operator SQRT = op("sqrt").specials("numel(y)");
  static final Operator RSQRT = op("rsqrt").specials("numel(y)").divides("numel(y)");
  static final Operator EXP = op("exp").specials("numel(y)");
  static final Operator LOG = op("log").specials("numel(y)");
  static final Operator SIN = op("sin").specials("numel(y)");
  static final Operator COS = op("cos").specials("numel(y)");
  static final Operator SIGN = op("sign").compares("numel(y)");
  static final Operator CLAMP = op("clamp").compares("2 * numel(y)");
  static final Operator CLAMP_MIN = op("clamp_min").compares("numel(y)");
  static final Operator CLAMP_MAX = Operator.variant("clamp", "one bound").compares("numel(y)");
  static final Operator EQ = op("eq").compares("numel(y)");
  static final Operator NE = op("ne").compares("numel(y)");
  static final Operator MAXIMUM = op("maximum").compares("numel(y)");
  static final Operator MINIMUM = op("minimum").compares("numel(y)");
  static final Operator GT = op("gt").compares("numel(y)");
  static final Operator GE = op("ge").compares("numel(y)");
  static final Operator LT = op("lt").compares("numel(y)");
  static final Operator LE = op("le").compares("numel(y)");
  static final Operator RECIPROCAL = op("reciprocal").divides("numel(y)");
  static final Operator ERF = op("erf").specials("numel(y)");
  static final Operator EXPM1 = op("expm1").specials("numel(y)");
  static final Operator LOG1P = op("log1p").specials("numel(y)");
  static final Operator LOG2 = op("log2").specials("numel(y)");
  static final Operator ADDCMUL = op("addcmul").multiplies("numel(y)").adds("numel(y)");
  static final Operator ADDCDIV = op("addcdiv").divides("numel(y)").adds("numel(y)");
  static final Operator LERP = op("lerp").multiplies("numel(y)").adds("2 * numel(y)");
  static final Operator TAN = op("tan").specials("numel(y)");
  static final Operator ASIN = op("asin").specials("numel(y)");
  static final Operator ACOS = op("acos").specials("numel(y)");
  static final Operator ATAN = op("atan").specials("numel(y)");
  static final Operator SINH = op("sinh").specials("numel(y)");
  static final Operator COSH = op("cosh").specials("numel(y)");
  static final Operator ASINH = op("asinh").specials("numel(y)");
  static final Operator ACOSH = op("acosh").specials("numel(y)");
  static final Operator ATANH = op("atanh").specials("numel(y)");
  static final Operator FMOD =
      op("fmod").divides("numel(y)").multiplies("numel(y)").adds("numel(y)");
  static final Operator FLOOR = op("floor");
  static final Operator CEIL = op("ceil");
  static final Operator ROUND = op("round");
  static final Operator MASKED_FILL = op("masked_fill");
  static final Operator WHERE = op("where");

  // Resampling, per output element.
  static final Operator[] UPSAMPLE_NEAREST = {
    op("upsample_nearest1d"), op("upsample_nearest2d"), op("upsample_nearest3d")
  };
  static final Operator[] UPSAMPLE_NEAREST_EXACT = {
    op("_upsample_nearest_exact1d"),
    op("_upsample_nearest_exact2d"),
    op("_upsample_nearest_exact3d")
  };
  static final Operator UPSAMPLE_LINEAR =
      op("upsample_linear1d").multiplies("2 * numel(y)").adds("numel(y)");
  static final Operator UPSAMPLE_BILINEAR =
      op("upsample_bilinear2d").multiplies("4 * numel(y)").adds("3 * numel(y)");
  static final Operator UPSAMPLE_TRILINEAR =
      op("upsample_trilinear3d").multiplies("8 * numel(y)").adds("7 * numel(y)");
  static final Operator UPSAMPLE_BICUBIC =
      // Four rows of four products, then a column of four.
      op("upsample_bicubic2d").multiplies("20 * numel(y)").adds("15 * numel(y)");
  static final Operator GRID_SAMPLER =
      op("grid_sampler").multiplies("4 * numel(y)").adds("3 * numel(y)");

  // What moves numbers and computes none.
  static final Operator DROPOUT = op("dropout");
  static final Operator DROPOUT_ = op("dropout_");
  static final Operator EMBEDDING = op("embedding");
  static final Operator EMBEDDING_BAG =
      op("embedding_bag").adds("numel(x) * y[-1] - numel(y)").divides("numel(y)");
  static final Operator PIXEL_SHUFFLE = op("pixel_shuffle");
  static final Operator PIXEL_UNSHUFFLE = op("pixel_unshuffle");
  static final Operator CHANNEL_SHUFFLE = op("channel_shuffle");
  static final Operator PAD = op("pad");
  static final Operator CAT = op("cat");
  static final Operator STACK = op("stack");
  static final Operator ROLL = op("roll");
  static final Operator CLONE = op("clone");
  static final Operator COPY_ = op("copy_");
  static final Operator FILL_ = op("fill_");
  static final Operator ZERO_ = op("zero_");
  static final Operator NEW_ZEROS = op("new_zeros");
  static final Operator ARANGE = op("arange");
  static final Operator VIEW = op("view");
  static final Operator RESHAPE = op("reshape");
  static final Operator FLATTEN = op("flatten");
  static final Operator UNFLATTEN = op("unflatten");
  static final Operator PERMUTE = op("permute");
  static final Operator TRANSPOSE = op("transpose");
  static final Operator EXPAND = op("expand");
  static final Operator REPEAT = op("repeat");
  static final Operator SQUEEZE = op("squeeze");
  static final Operator UNSQUEEZE = op("unsqueeze");
  static final Operator SELECT = op("select");
  static final Operator SLICE = op("slice");
  static final Operator INDEX = op("index");
  static final Operator INDEX_SELECT = op("index_select");
  static final Operator GATHER = op("gather");
  static final Operator SPLIT = op("split");
  static final Operator CHUNK = op("chunk");
  static final Operator UNBIND = op("unbind");

  private static Operator op(String name) {
    return Operator.named(name);
  }

  private static Operator product(String name) {
    return op(name).multiplies("numel(x) * x2[-1]").adds("numel(x) * x2[-1] - numel(y)");
  }

  /** The added operand comes first, as in ATen: addmm(bias, mat1, mat2). */
  private static Operator addedProduct(String name) {
    return op(name)
        .multiplies("numel(x2) * x3[-1]")
        .adds("numel(x2) * x3[-1] - numel(y) * (1 - added)");
  }

  private static Operator nativeAttention(String variant) {
    return Operator.variant("_native_multi_head_attention", variant)
        .multiplies("B * (4 * L_q * E * E + 2 * L_q * L_q * E + L_q * E)")
        .adds("B * (4 * L_q * E * E + 2 * L_q * L_q * E - L_q * E + heads * L_q * (L_q - 1))")
        .divides("B * heads * L_q * L_q")
        .compares("B * heads * L_q * (L_q - 1)")
        .specials("B * heads * L_q * L_q");
  }

  /** With a mean and a variance for each channel that are known. */
  private static Operator tracked(Operator normalization) {
    return normalization
        .multiplies("numel(x) * (1 + scaled)")
        .adds("numel(x) * (1 + shifted) + x[1]")
        .divides("x[1]")
        .specials("x[1]");
  }

  private static Operator normalization(String name, String variant) {
    return Operator.variant(name, variant)
        .multiplies("numel(x) * (2 + scaled)")
        .adds("numel(x) * (3 + shifted) - numel(x) // row")
        .divides("3 * (numel(x) // row)")
        .specials("numel(x) // row");
  }

  private static Operator exponentialUnit(String name) {
    return op(name)
        .compares("numel(x)")
        .specials("numel(x)")
        .adds("numel(x)")
        .multiplies("numel(x)");
  }

  private static Operator sigmoid(String name) {
    return op(name).specials("numel(x)").adds("numel(x)").divides("numel(x)");
  }

  private static Operator hardSigmoid(String name) {
    return op(name).adds("numel(x)").compares("2 * numel(x)").divides("numel(x)");
  }
}
