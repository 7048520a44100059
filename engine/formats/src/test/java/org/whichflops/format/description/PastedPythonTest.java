package org.whichflops.format.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/** Python as people write it for PyTorch, which means in a description what it means there. */
class PastedPythonTest {
  @Test
  void stateOfAnLstm_isAPairInAPair() {
    Network network =
        DescriptionTest.read(
            """
            {"input": [2, 5, 8], "modules": {"lstm": "LSTM(8, 4, num_layers=3, batch_first=True)"},
             "forward": ["y, (h, c) = self.lstm(x)", "y, state = self.lstm(x)", "return y, h[-1], state"]}
            """);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < pass.call(0).outputCount(); i++) {
      shapes.add(pass.call(0).output(i).shape().toString());
    }
    assertThat(shapes).containsExactly("2x5x4", "2x4", "3x2x4", "3x2x4");
  }

  /** Parameters of torch 2.6: {@code sum(p.numel() for p in model.parameters())}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TransformerEncoderLayer(8, 2, 16)                                           | 600",
        "TransformerEncoderLayer(8, 2, 16, bias=False, norm_first=True)              | 528",
        "TransformerEncoder(TransformerEncoderLayer(8, 2, 16), num_layers=3)         | 1800",
        "TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2, norm=LayerNorm(8)) | 1216",
        "nn.TransformerEncoder(encoder_layer=nn.TransformerEncoderLayer(8, 2, 16, activation='gelu'), num_layers=1, norm=None) | 600",
        "RMSNorm(8)                                                                  | 8",
        "RMSNorm(8, elementwise_affine=False)                                        | 0",
      })
  void module_hasPyTorchsParameters(String module, long parameters) {
    Network network =
        DescriptionTest.read("{\"input\": [2, 5, 8], \"modules\": [\"%s\"]}".formatted(module));
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.forward(Mode.DECOMPOSED).call(0).output(0).shape().toString())
        .isEqualTo("2x5x8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.mean(x, dim=-1, keepdim=True)    | 2x4x6x1",
        "x.sum(1, True)                         | 2x1x6x7",
        "torch.amin(x, 1)                       | 2x6x7",
        "x / x.norm(dim=1, keepdim=True)        | 2x4x6x7",
        "torch.flatten(x, 0, 1)                 | 8x6x7",
        "F.interpolate(x, size=3, mode='area')  | 2x4x3x3",
        "F.interpolate(x, scale_factor=1.5, mode='area') | 2x4x9x10",
        "F.interpolate(x, scale_factor=2, recompute_scale_factor=True) | 2x4x12x14",
        "nn.functional.relu(x)                  | 2x4x6x7",
      })
  void expression_hasPyTorchsShape(String expression, String shape) {
    hasShape("\"forward\": [\"return " + expression + "\"]", shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UpsamplingBilinear2d(size=(9, 5)) | 2x4x9x5",
        "Upsample(size=3, mode='area')     | 2x4x3x3",
      })
  void module_hasPyTorchsShape(String module, String shape) {
    hasShape("\"modules\": [\"" + module + "\"]", shape);
  }

  private static void hasShape(String body, String shape) {
    ForwardPass pass =
        DescriptionTest.read("{\"input\": [2, 4, 6, 7], " + body + "}").forward(Mode.DECOMPOSED);
    assertThat(pass.call(0).output(0).shape().toString()).isEqualTo(shape);
  }

  /** A function that is in place, or takes a number, runs the operator that PyTorch runs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y = x.mul_(2.0)         | Tensor.mul_             | aten.mul_",
        "y = x.div_(x)           | Tensor.div_             | aten.div_",
        "y = x.div(2.0)          | Tensor.div              | aten.div",
        "y = torch.sub(x, 2)     | torch.sub               | aten.sub",
        "y = torch.gt(x, 0)      | torch.gt                | aten.gt",
        "y = x.sigmoid_()        | Tensor.sigmoid_         | aten.sigmoid_",
        "x -= 1                  | Tensor.__isub__         | aten.sub_",
        "x *= 0.5                | Tensor.__imul__         | aten.mul_",
        "x /= x                  | Tensor.__itruediv__     | aten.div_",
        "y = x.clamp(min=0)      | Tensor.clamp            | aten.clamp[one bound]",
        "y = torch.clamp(x, 0, 6) | torch.clamp            | aten.clamp",
      })
  void statement_runsPyTorchsOperator(String statement, String function, String operator) {
    ForwardPass pass =
        DescriptionTest.read(
                "{\"input\": [2, 8], \"forward\": [\"" + statement + "\", \"return x\"]}")
            .forward(Mode.DECOMPOSED);
    assertThat(pass.call(1).callee().key()).isEqualTo(function);
    assertThat(pass.call(2).callee().toString()).isEqualTo(operator);
  }
}
