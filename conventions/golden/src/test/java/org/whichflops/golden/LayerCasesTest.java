package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/** Every network against what the tools say of its modules and parameters. */
class LayerCasesTest {
  private static final String MODULES = "modules=";

  static Set<String> names() {
    return LayerCases.names();
  }

  /** ptflops counts the parameters that need gradients. */
  static Stream<RecordedLayerCase> ptflops() {
    return GoldenLayerCases.of("ptflops").stream().filter(result -> !result.failed());
  }

  /** DeepSpeed lists every module with a count or parameters, with all its parameters. */
  static Stream<RecordedLayerCase> deepspeed() {
    return GoldenLayerCases.of("deepspeed").stream()
        .filter(result -> result.note().contains(MODULES));
  }

  @Test
  void names_areThoseOfTheResults() {
    assertThat(names())
        .hasSize(251)
        .isEqualTo(
            GoldenLayerCases.all().stream()
                .map(RecordedLayerCase::name)
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void build_runsInEveryMode(String name) {
    assertThat(LayerCases.build(name).forward(Mode.CPU_GRAD).size()).isPositive();
    assertThat(LayerCases.build(name).forward(Mode.CPU_NO_GRAD).size()).isPositive();
    assertThat(LayerCases.build(name).forward(Mode.DECOMPOSED).size()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("names")
  void build_isNewEveryTime(String name) {
    assertThat(LayerCases.build(name).root()).isNotSameAs(LayerCases.build(name).root());
  }

  @ParameterizedTest
  @MethodSource("ptflops")
  void build_hasTheParametersThatPtflopsCounts(RecordedLayerCase result) {
    assertThat(LayerCases.build(result.name()).trainableParameters())
        .isEqualTo(Long.parseLong(result.params()));
  }

  @ParameterizedTest
  @MethodSource("deepspeed")
  void build_hasTheModulesThatDeepSpeedLists(RecordedLayerCase result) {
    Network network = LayerCases.build(result.name());
    Map<String, Long> parameters = new LinkedHashMap<>();
    for (Module module : network.modules()) {
      String path = network.path(module);
      parameters.put(path.isEmpty() ? "<root>" : path, Network.parametersOf(module, false));
    }
    assertThat(parameters).containsAllEntriesOf(parametersByModule(result.note()));
  }

  /** Of a note that holds {@code modules=<root>:560/77;m:560/77}. */
  private static Map<String, Long> parametersByModule(String note) {
    int start = note.indexOf(MODULES) + MODULES.length();
    int end = note.indexOf(" | ", start);
    Map<String, Long> parameters = new LinkedHashMap<>();
    for (String module : note.substring(start, end < 0 ? note.length() : end).split(";")) {
      String path = module.substring(0, module.indexOf(':'));
      parameters.put(path, Long.parseLong(module.substring(module.indexOf('/') + 1)));
    }
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("ptflops")
  void build_takesTheRecordedInput(RecordedLayerCase result) {
    String recorded = result.inputShape().equals("long(4, 5)") ? "4x5" : result.inputShape();
    assertThat(LayerCases.build(result.name()).input().shape()).hasToString(recorded);
  }

  @ParameterizedTest
  @MethodSource("ptflops")
  void mode_isTheOneInTheNote(RecordedLayerCase result) {
    Optional<Mode> mode = Optional.empty();
    if (result.note().contains("grad_enabled=True")) {
      mode = Optional.of(Mode.CPU_GRAD);
    } else if (result.note().contains("grad_enabled=False")) {
      mode = Optional.of(Mode.CPU_NO_GRAD);
    }
    assertThat(LayerCases.mode(result.name())).isEqualTo(mode);
  }

  @Test
  void build_unknownName() {
    assertThatThrownBy(() -> LayerCases.build("conv4d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no layer case is named 'conv4d'");
  }
}
