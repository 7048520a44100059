package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.Tensor;

/**
 * Activation modules without parameters, each with the function that its forward calls. Which one
 * that is matters to tools: nn.ReLU6 calls {@code F.hardtanh}, nn.Sigmoid {@code torch.sigmoid}.
 */
public final class Activation extends Module {
  private final Activations function;

  private Activation(String name, Activations function) {
    super(ModuleType.nn("activation", name));
    this.function = function;
  }

  /** {@code nn.ReLU()}. */
  public static Activation relu() {
    return new Activation("ReLU", Activations.RELU);
  }

  /** {@code nn.ReLU(inplace=True)}. */
  public static Activation reluInplace() {
    return new Activation("ReLU", Activations.RELU_INPLACE);
  }

  /** {@code nn.ReLU6()}. */
  public static Activation relu6() {
    return new Activation("ReLU6", Activations.HARDTANH);
  }

  /** {@code nn.ReLU6(inplace=True)}. */
  public static Activation relu6Inplace() {
    return new Activation("ReLU6", Activations.HARDTANH_INPLACE);
  }

  /** {@code nn.Hardtanh()}. */
  public static Activation hardtanh() {
    return new Activation("Hardtanh", Activations.HARDTANH);
  }

  /** {@code nn.LeakyReLU()}. */
  public static Activation leakyRelu() {
    return new Activation("LeakyReLU", Activations.LEAKY_RELU);
  }

  /** {@code nn.LeakyReLU(inplace=True)}. */
  public static Activation leakyReluInplace() {
    return new Activation("LeakyReLU", Activations.LEAKY_RELU_INPLACE);
  }

  /** {@code nn.RReLU()}. */
  public static Activation rrelu() {
    return new Activation("RReLU", Activations.RRELU);
  }

  /** {@code nn.Threshold(...)}. */
  public static Activation threshold() {
    return new Activation("Threshold", Activations.THRESHOLD);
  }

  /** {@code nn.ELU()}. */
  public static Activation elu() {
    return new Activation("ELU", Activations.ELU);
  }

  /** {@code nn.ELU(inplace=True)}. */
  public static Activation eluInplace() {
    return new Activation("ELU", Activations.ELU_INPLACE);
  }

  /** {@code nn.SELU()}. */
  public static Activation selu() {
    return new Activation("SELU", Activations.SELU);
  }

  /** {@code nn.CELU()}. */
  public static Activation celu() {
    return new Activation("CELU", Activations.CELU);
  }

  /** {@code nn.GELU()}. */
  public static Activation gelu() {
    return new Activation("GELU", Activations.GELU);
  }

  /** {@code nn.GELU(approximate='tanh')}. */
  public static Activation geluTanh() {
    return new Activation("GELU", Activations.GELU_TANH);
  }

  /** {@code nn.SiLU()}. */
  public static Activation silu() {
    return new Activation("SiLU", Activations.SILU);
  }

  /** {@code nn.SiLU(inplace=True)}. */
  public static Activation siluInplace() {
    return new Activation("SiLU", Activations.SILU_INPLACE);
  }

  /** {@code nn.Mish()}. */
  public static Activation mish() {
    return new Activation("Mish", Activations.MISH);
  }

  /** {@code nn.Hardswish()}. */
  public static Activation hardswish() {
    return new Activation("Hardswish", Activations.HARDSWISH);
  }

  /** {@code nn.Hardswish(inplace=True)}. */
  public static Activation hardswishInplace() {
    return new Activation("Hardswish", Activations.HARDSWISH_INPLACE);
  }

  /** {@code nn.Hardsigmoid()}. */
  public static Activation hardsigmoid() {
    return new Activation("Hardsigmoid", Activations.HARDSIGMOID);
  }

  /** {@code nn.Hardsigmoid(inplace=True)}. */
  public static Activation hardsigmoidInplace() {
    return new Activation("Hardsigmoid", Activations.HARDSIGMOID_INPLACE);
  }

  /** {@code nn.Sigmoid()}. */
  public static Activation sigmoid() {
    return new Activation("Sigmoid", Activations.TORCH_SIGMOID);
  }

  /** {@code nn.LogSigmoid()}. */
  public static Activation logSigmoid() {
    return new Activation("LogSigmoid", Activations.LOG_SIGMOID);
  }

  /** {@code nn.Tanh()}. */
  public static Activation tanh() {
    return new Activation("Tanh", Activations.TORCH_TANH);
  }

  /** {@code nn.Tanhshrink()}. */
  public static Activation tanhshrink() {
    return new Activation("Tanhshrink", Activations.TANHSHRINK);
  }

  /** {@code nn.Softplus()}. */
  public static Activation softplus() {
    return new Activation("Softplus", Activations.SOFTPLUS);
  }

  /** {@code nn.Softsign()}. */
  public static Activation softsign() {
    return new Activation("Softsign", Activations.SOFTSIGN);
  }

  /** {@code nn.Hardshrink()}. */
  public static Activation hardshrink() {
    return new Activation("Hardshrink", Activations.HARDSHRINK);
  }

  /** {@code nn.Softshrink()}. */
  public static Activation softshrink() {
    return new Activation("Softshrink", Activations.SOFTSHRINK);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return function.of(x);
  }

  /** The function that its forward calls. */
  public Activations function() {
    return function;
  }
}
