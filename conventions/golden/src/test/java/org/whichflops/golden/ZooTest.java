package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/**
 * Holds torchvision's models in the zoo against the modules that the tools saw in the real ones.
 */
class ZooTest {
  static Stream<RecordedLayers> recordedModels() {
    return Stream.of("thop", "ptflops").flatMap(id -> GoldenLayers.of(id).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordedModels")
  void modules_haveTorchvisionsPathsTypesOutputsAndParameters(RecordedLayers recorded) {
    Network network = Zoo.build(recorded.model());
    Shape input = network.input().at(recorded.batch(), recorded.height(), recorded.width());
    Mode mode = recorded.variant().isEmpty() ? Mode.CPU_GRAD : Mode.CPU_NO_GRAD;
    Map<Module, String> outputs = firstOutputs(network.forward(mode, input));
    List<Module> modules = network.modules();
    assertThat(modules.stream().map(network::path))
        .containsExactlyElementsOf(recorded.layers().stream().map(RecordedLayer::path).toList());
    for (int i = 0; i < modules.size(); i++) {
      Module module = modules.get(i);
      RecordedLayer layer = recorded.layers().get(i);
      assertThat(module.type().name()).as(layer.path()).isEqualTo(layer.type());
      if (module.children().isEmpty()) {
        assertThat(outputs.getOrDefault(module, ""))
            .as(layer.path())
            .isEqualTo(layer.outputShape());
      }
      if (layer.note().equals("counted")) {
        assertThat(Network.parametersOf(module, true))
            .as("parameters of %s", layer.path())
            .isEqualTo(Long.parseLong(layer.params()));
      }
    }
  }

  private static Map<Module, String> firstOutputs(ForwardPass pass) {
    Map<Module, String> outputs = new HashMap<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Module module) {
        outputs.putIfAbsent(
            module, "[" + call.output(0).shape().toString().replace("x", ", ") + "]");
      }
    }
    return outputs;
  }

  static Stream<RecordedTotal> recordedParameters() {
    return GoldenTotals.of("torchinfo-master").stream().filter(total -> !total.failed());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordedParameters")
  void parameters_areTorchvisions_andDoNotDependOnTheInput(RecordedTotal recorded) {
    Network network = Zoo.build(recorded.model());
    network.forward(
        Mode.CPU_NO_GRAD,
        network.input().at(recorded.batch(), recorded.height(), recorded.width()));
    assertThat(network.parameters()).isEqualTo(Long.parseLong(recorded.params()));
  }

  /** What the real models refuse, torch 2.6 naming the same sizes: a window that does not fit. */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 32, 1x256x1x1",
    "inception_v3, 64, x2x2",
    "densenet121, 16, 1x512x1x1",
    "squeezenet1_0, 8, 1x96x1x1"
  })
  void input_thatTheRealModelRefuses_isRefusedWithTheReason(String model, long side, String sizes) {
    Network network = Zoo.build(model);
    Shape input = network.input().at(1, side, side);
    assertThatThrownBy(() -> network.forward(Mode.CPU_NO_GRAD, input))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining(sizes)
        .hasMessageContaining("input");
  }
}
