package org.whichflops.engine.formula;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number that belongs to a call beside its tensors' sizes; yes/no attributes are 1 or 0.
 *
 * <p>The symbols are the field's: a formula reads {@code K * C_in // g}.
 */
public enum Attribute implements Expr {
  /** Elements of the parameters of a module and all below it, shared ones once. */
  PARAMETERS("params", "parameters of the module and all below it"),
  /** Channels of a convolution's input. */
  C_IN("C_in", "input channels"),
  /** Channels of a convolution's output. */
  C_OUT("C_out", "output channels"),
  /** Groups of a convolution or a group norm. */
  GROUPS("g", "groups"),
  /** Product of the kernel's sizes. */
  KERNEL("K", "product of the kernel sizes"),
  /** Product of a pooling's kernel sizes as they were given: one number is taken once. */
  KERNEL_AS_GIVEN("k", "product of the kernel sizes as given, where one number is taken once"),
  /** Product of the strides of a convolution or pooling. */
  STRIDE("s", "product of the strides"),
  /** Input features of a linear layer. */
  IN_FEATURES("I", "input features"),
  /** Output features of a linear layer. */
  OUT_FEATURES("O", "output features"),
  /** 1 with a bias, 0 without. */
  BIAS("bias", "1 with a bias, 0 without"),
  /** 1 where the PyTorch module has {@code affine=True}; LayerNorm and RMSNorm have none. */
  AFFINE("affine", "1 with affine=True, 0 without"),
  /** 1 where a normalization multiplies by a learnt weight. */
  SCALED("scaled", "1 with a learnt weight, 0 without"),
  /** 1 where a normalization adds a learnt bias. */
  SHIFTED("shifted", "1 with a learnt shift, 0 without"),
  /** 1 where a batch norm has no running statistics and takes the batch's. */
  BATCH_STATISTICS("batch_statistics", "1 with the batch's own statistics, 0 with running ones"),
  /** Numbers that share one mean and variance in a normalization. */
  ROW("row", "numbers normalized together"),
  /** Input elements read by a pooling, summed over its outputs. */
  TAPS("taps", "inputs read, summed over all outputs"),
  /** Product of a kernel's strides. */
  STRIDES("strides", "product of the strides"),
  /** Places a kernel is applied at: a convolution's outputs, a transposed one's inputs. */
  POSITIONS("positions", "batch times places the kernel is applied at"),
  /** Sums of products formed: a convolution's outputs, a transposed one's before cropping. */
  SUMS("sums", "sums of products formed"),
  /** Output positions of a plain convolution over the sizes, as tools compute them themselves. */
  RECOMPUTED("recomputed", "output positions by the formula of a plain convolution"),
  /** Size along the dimension that a softmax runs over. */
  SOFTMAX_SIZE("n", "size of the softmax dimension"),
  /** Interpolation by nearest neighbour. */
  NEAREST("nearest", "1 for nearest-neighbour interpolation"),
  /** Interpolation along one dimension. */
  LINEAR("linear", "1 for linear interpolation"),
  /** Interpolation along two dimensions. */
  BILINEAR("bilinear", "1 for bilinear interpolation"),
  /** Cubic interpolation along two dimensions. */
  BICUBIC("bicubic", "1 for bicubic interpolation"),
  /** Interpolation along three dimensions. */
  TRILINEAR("trilinear", "1 for trilinear interpolation"),
  /** Output elements that the arguments of an interpolation ask for. */
  REQUESTED("requested", "elements asked for by size or scale factor"),
  /** Product of the sizes given to an interpolation, without batch and channels; 0 with factors. */
  ASKED("asked", "product of the sizes given, 0 with a factor"),
  /** Whether an interpolation is given factors. */
  BY_FACTOR("by_factor", "1 with a scale factor, 0 with sizes"),
  /** Factors given to an interpolation: 1 for all dimensions, or one each. */
  FACTORS("factors", "scale factors given, 0 with sizes"),
  /** Elements of an interpolation's input times its factors, cut to a whole number. */
  ENLARGED("enlarged", "input elements times the factors, 0 with sizes"),
  /** The same where one factor is taken to the power of the batch instead of the dimensions. */
  ENLARGED_BY_BATCH(
      "enlarged_by_batch", "input elements times factor^batch, or times one factor each"),
  /** What {@code numpy.einsum_path} prints as the optimized number of operations. */
  EINSUM_PATH("einsum_path", "operations printed by numpy.einsum_path, in four digits"),
  /** Product of the sizes of all indices of an einsum. */
  INDICES("indices", "product of all index sizes"),
  /** 1 where an einsum's equation has an ellipsis. */
  ELLIPSIS("ellipsis", "1 with '...' in the equation, 0 without"),
  /** 1 for the two einsum equations of non-local blocks, whatever their letters. */
  NON_LOCAL("non_local", "1 for the equations abc,abd->acd and abc,adc->adb"),
  /** Hidden features of a recurrent layer. */
  HIDDEN("H", "hidden features"),
  /** Features of the state a recurrent layer hands on: the projection's, else the hidden ones. */
  STATE("P", "features of the handed-on state"),
  /** Stacked layers of a recurrent network. */
  LAYERS("L", "stacked layers"),
  /** 2 for a bidirectional recurrent network, else 1. */
  DIRECTIONS("D", "directions"),
  /** Gates of a recurrent layer: RNN 1, GRU 3, LSTM 4. */
  GATES("gates", "gates"),
  /** Multiplications of the matrix products of one step of a recurrent network. */
  PRODUCTS("products", "products of one step, over all layers and directions"),
  /** 1 for a recurrent layer with a projection. */
  PROJECTED("projected", "1 with a projection, 0 without"),
  /** Time steps of a recurrent layer's input. */
  STEPS("T", "time steps"),
  /** Sizes of the first two dimensions of a recurrent layer's input, of the first for a cell. */
  SEQUENCE("sequence", "x[0] * x[1], or x[0] for a cell"),
  /** Batch of a recurrent or attention layer. */
  BATCH("B", "batch"),
  /** Attention heads. */
  HEADS("heads", "attention heads"),
  /** Query positions. */
  QUERIES("L_q", "query positions"),
  /** Key positions. */
  KEYS("L_k", "key positions"),
  /** Width of the embedding. */
  EMBEDDING("E", "embedding width"),
  /** Width of the keys. */
  KEY_WIDTH("E_k", "key width"),
  /** Width of the values. */
  VALUE_WIDTH("E_v", "value width"),
  /** 1 where an attention has a modulation or mask operand. */
  MASKED("masked", "1 with a mask, 0 without"),
  /** Offset groups of a deformable convolution. */
  OFFSET_GROUPS("g_o", "offset groups"),
  /** 1 where something is added to a matrix product: its own operand, or a linear layer's bias. */
  ADDED("added", "1 where something is added to the product"),
  /** Elements of the output if shapes are broadcast aligned at their first dimension. */
  LEFT_ALIGNED("left_aligned", "elements after broadcasting aligned from the left"),
  /** Products of sizes that a module's Python code computes. */
  SIZE_PRODUCTS("size_products", "products of sizes computed in Python"),
  /** Power that a norm or pooling takes. */
  EXPONENT("p", "exponent"),
  /** Window of a local response normalization. */
  WINDOW("window", "window size"),
  /** Elements of a module's parameter that is named {@code weight}. */
  WEIGHT_ELEMENTS("numel_weight", "elements of the parameter named weight"),
  /** Elements of a module's parameter that is named {@code bias}. */
  BIAS_ELEMENTS("numel_bias", "elements of the parameter named bias"),
  /** Elements of a module's other parameters with {@code weight} in their names. */
  OTHER_WEIGHT_ELEMENTS(
      "numel_other_weights", "elements of other parameters with 'weight' in the name"),
  /** Elements of a module's other parameters with {@code bias} in their names. */
  OTHER_BIAS_ELEMENTS("numel_other_biases", "elements of other parameters with 'bias' in the name");

  private static final Map<String, Attribute> BY_SYMBOL = new HashMap<>();

  static {
    for (Attribute attribute : values()) {
      BY_SYMBOL.put(attribute.symbol, attribute);
    }
  }

  private final String symbol;
  private final String meaning;

  Attribute(String symbol, String meaning) {
    this.symbol = symbol;
    this.meaning = meaning;
  }

  /** The attribute of that symbol, or null. */
  static @Nullable Attribute ofSymbol(String symbol) {
    return BY_SYMBOL.get(symbol);
  }

  /** The name used in formulas, such as {@code C_in}. */
  public String symbol() {
    return symbol;
  }

  /** What the symbol stands for, in words. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether it is said by what is called and its arguments alone, so that it is the same in every
   * call with the same arguments, whatever the sizes of tensors.
   */
  public boolean isFixed() {
    return switch (this) {
      case PARAMETERS,
          C_IN,
          C_OUT,
          GROUPS,
          KERNEL,
          STRIDE,
          IN_FEATURES,
          OUT_FEATURES,
          BIAS,
          AFFINE,
          SCALED,
          SHIFTED,
          BATCH_STATISTICS,
          WEIGHT_ELEMENTS,
          BIAS_ELEMENTS,
          OTHER_WEIGHT_ELEMENTS,
          OTHER_BIAS_ELEMENTS ->
          true;
      default -> false;
    };
  }

  @Override
  public long value(Quantities of) {
    return of.attribute(this);
  }

  @Override
  public String text() {
    return symbol;
  }
}
