package org.whichflops.engine.tensor;

/** Activations of {@code torch.nn.functional} that work element by element. */
public enum Activations {
  /** {@code F.relu}. */
  RELU("F.relu", Aten.RELU),
  /** {@code F.relu(inplace=True)}. */
  RELU_INPLACE("F.relu", Aten.RELU_),
  /** {@code F.relu6}. */
  RELU6("F.relu6", Aten.RELU6),
  /** {@code F.hardtanh}; nn.ReLU6 calls it too. */
  HARDTANH("F.hardtanh", Aten.HARDTANH),
  /** {@code F.hardtanh(inplace=True)}. */
  HARDTANH_INPLACE("F.hardtanh", Aten.HARDTANH_),
  /** {@code F.leaky_relu}. */
  LEAKY_RELU("F.leaky_relu", Aten.LEAKY_RELU),
  /** {@code F.leaky_relu(inplace=True)}. */
  LEAKY_RELU_INPLACE("F.leaky_relu", Aten.LEAKY_RELU_),
  /** {@code F.rrelu}. */
  RRELU("F.rrelu", Aten.RRELU),
  /** {@code F.threshold}. */
  THRESHOLD("F.threshold", Aten.THRESHOLD),
  /** {@code F.elu}. */
  ELU("F.elu", Aten.ELU),
  /** {@code F.elu(inplace=True)}. */
  ELU_INPLACE("F.elu", Aten.ELU_),
  /** {@code F.selu}. */
  SELU("F.selu", Aten.SELU),
  /** {@code F.celu}. */
  CELU("F.celu", Aten.CELU),
  /** {@code F.gelu}. */
  GELU("F.gelu", Aten.GELU),
  /** {@code F.gelu(approximate='tanh')}. */
  GELU_TANH("F.gelu", Aten.GELU_TANH),
  /** {@code F.silu}. */
  SILU("F.silu", Aten.SILU),
  /** {@code F.silu(inplace=True)}. */
  SILU_INPLACE("F.silu", Aten.SILU_),
  /** {@code F.mish}. */
  MISH("F.mish", Aten.MISH),
  /** {@code F.hardswish}. */
  HARDSWISH("F.hardswish", Aten.HARDSWISH),
  /** {@code F.hardswish(inplace=True)}. */
  HARDSWISH_INPLACE("F.hardswish", Aten.HARDSWISH_),
  /** {@code F.hardsigmoid}. */
  HARDSIGMOID("F.hardsigmoid", Aten.HARDSIGMOID),
  /** {@code F.hardsigmoid(inplace=True)}. */
  HARDSIGMOID_INPLACE("F.hardsigmoid", Aten.HARDSIGMOID_),
  /** {@code F.sigmoid}. */
  SIGMOID("F.sigmoid", Aten.SIGMOID),
  /** {@code torch.sigmoid}, which nn.Sigmoid calls. */
  TORCH_SIGMOID("torch.sigmoid", Aten.SIGMOID),
  /** {@code F.logsigmoid}. */
  LOG_SIGMOID("F.logsigmoid", Aten.LOG_SIGMOID),
  /** {@code F.tanh}. */
  TANH("F.tanh", Aten.TANH),
  /** {@code torch.tanh}, which nn.Tanh calls. */
  TORCH_TANH("torch.tanh", Aten.TANH),
  /** {@code F.tanhshrink}. */
  TANHSHRINK("F.tanhshrink", Aten.TANHSHRINK),
  /** {@code F.softplus}. */
  SOFTPLUS("F.softplus", Aten.SOFTPLUS),
  /** {@code F.softsign}. */
  SOFTSIGN("F.softsign", Aten.SOFTSIGN),
  /** {@code F.hardshrink}. */
  HARDSHRINK("F.hardshrink", Aten.HARDSHRINK),
  /** {@code F.softshrink}. */
  SOFTSHRINK("F.softshrink", Aten.SOFTSHRINK);

  private final Function function;
  private final Operator operator;

  Activations(String function, Operator operator) {
    this.function = Function.named(function);
    this.operator = operator;
  }

  /** Calls the function. */
  public Tensor of(Tensor x) {
    return Recording.call(
        function, operator, Arguments.NONE, x, Layout.of(operator, x.pass().like(x), x));
  }
}
