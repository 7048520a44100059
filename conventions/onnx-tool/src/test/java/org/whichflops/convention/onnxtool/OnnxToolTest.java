package org.whichflops.convention.onnxtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.zoo.Zoo;

/** Networks of the zoo, against what onnx-tool makes of the file exported from torchvision's. */
class OnnxToolTest {
  private static final Convention ONNX_TOOL = new OnnxToolFamily().conventions().get(0);

  @ParameterizedTest(name = "{0} of {1} at {2}")
  @CsvFileSource(resources = "totals.csv", numLinesToSkip = 1)
  void total_isWhatOnnxToolPrints(String id, String model, String input, long macs) {
    Convention convention = Conventions.of(List.of(new OnnxToolFamily())).find(id);
    Network network = Zoo.build(model);
    Shape shape =
        Shape.of(Arrays.stream(input.split("x", -1)).mapToLong(Long::parseLong).toArray());
    ForwardPass pass = network.forward(convention.mode(), shape);
    assertThat(convention.counter(network).total(pass)).isEqualTo(macs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"swin_t", "swin_v2_t"})
  void maskFilledSliceBySlice_isNotReproducedAndSaysSo(String model) {
    Network network = Zoo.build(model);
    ForwardPass pass = network.forward(ONNX_TOOL.mode());
    assertThatThrownBy(() -> ONNX_TOOL.counter(network).total(pass))
        .isInstanceOf(ToolFailureException.class)
        .hasMessageContaining("index tables");
  }

  /**
   * Torch 2.6 exports {@code AdaptiveAvgPool2d((None, 1))} of eight rows as an AveragePool, of one
   * as a GlobalAveragePool: 4 * numel(y) more.
   */
  @Test
  void poolingToARowEach_isAnotherNodeForASingleRow() {
    Network network =
        new Network(
            "net", new Sequential(AdaptivePool.adaptiveAvgPool2d(0, 1)), InputSize.image(8));
    ForwardPass pass = new ForwardPass(ONNX_TOOL.mode());
    Counter counter = ONNX_TOOL.counter(network);
    for (long rows : new long[] {8, 1, 8}) {
      network.forward(pass, Shape.of(2, 3, rows, 6));
      long x = 2 * 3 * rows * 6;
      assertThat(counter.total(pass)).isEqualTo(rows == 1 ? x + 4 * 2 * 3 : x);
    }
  }
}
