package org.whichflops.golden;

import static org.whichflops.golden.LayerCase.layer;
import static org.whichflops.golden.LayerCase.root;

import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Glu;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Softmax;

/** Activations, and dropout. */
final class ActivationCases {
  private static final String IMAGE = "2x6x16x16";

  private ActivationCases() {}

  static List<LayerCase> all() {
    return List.of(
        layer("act_ReLU", IMAGE, Activation::relu),
        layer("act_ReLU_inplace", IMAGE, Activation::reluInplace),
        root("bare_relu_root", IMAGE, Activation::relu),
        layer("act_ReLU6", IMAGE, Activation::relu6),
        layer("act_ReLU6_inplace", IMAGE, Activation::relu6Inplace),
        layer("act_Hardtanh", IMAGE, Activation::hardtanh),
        layer("act_LeakyReLU", IMAGE, Activation::leakyRelu),
        layer("act_LeakyReLU_inplace", IMAGE, Activation::leakyReluInplace),
        layer("act_PReLU", IMAGE, () -> new PReLU(1)),
        layer("act_PReLU_per_channel", IMAGE, () -> new PReLU(6)),
        layer("act_Threshold", IMAGE, () -> Activation.threshold(0.1, 0)),
        layer("act_ELU", IMAGE, Activation::elu),
        layer("act_ELU_inplace", IMAGE, Activation::eluInplace),
        layer("act_SELU", IMAGE, Activation::selu),
        layer("act_GELU", IMAGE, Activation::gelu),
        layer("act_GELU_tanh", IMAGE, Activation::geluTanh),
        layer("act_SiLU", IMAGE, Activation::silu),
        layer("act_SiLU_inplace", IMAGE, Activation::siluInplace),
        layer("act_Mish", IMAGE, Activation::mish),
        layer("act_Hardsigmoid", IMAGE, Activation::hardsigmoid),
        layer("act_Sigmoid", IMAGE, Activation::sigmoid),
        layer("act_Tanh", IMAGE, Activation::tanh),
        layer("act_Softplus", IMAGE, Activation::softplus),
        layer("act_GLU", IMAGE, () -> new Glu(1)),
        layer("act_Softmax_dim1", IMAGE, () -> Softmax.softmax(1)),
        layer("act_Softmax_2d", "4x10", () -> Softmax.softmax(1)),
        layer("act_LogSoftmax", IMAGE, () -> Softmax.logSoftmax(1)),
        layer("dropout", IMAGE, Dropout::dropout),
        layer("dropout2d", IMAGE, () -> Dropout.dropout(2)));
  }
}
