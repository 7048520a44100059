package org.whichflops.convention.modelsummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.zoo.Zoo;

/**
 * What pytorch_model_summary's totals leave out. Numbers without a derivation were returned by its
 * own code (commit 85f70f8) on torchvision 0.21.0.
 */
class LostParametersTest {
  private static final Convention SUMMARY = new ModelSummaryFamily().conventions().get(0);

  private static long total(String model, String maxDepth) {
    Network network = Zoo.build(model);
    Convention convention = SUMMARY.with("max_depth", maxDepth);
    return convention
        .counter(network)
        .total(network.forward(convention.mode(), Shape.of(1, 3, 224, 224)));
  }

  @Test
  void classToken_isLost_sinceItBelongsToTheRootAndTheRootHasNoRow() {
    Network network = Zoo.build("vit_b_16");

    assertThat(network.parameters() - total("vit_b_16", "1")).isEqualTo(768);
    assertThat(total("vit_b_16", "0")).isEqualTo(network.parameters());
  }

  @Test
  void headsThatDoNotRun_areLost() {
    assertThat(Zoo.build("googlenet").parameters()).isEqualTo(13_004_888);
    assertThat(total("googlenet", "1")).isEqualTo(6_624_904);
  }

  @ParameterizedTest
  @CsvSource({
    "vit_b_16, 0, 86567656",
    "vit_b_16, 1, 86566888",
    "vit_b_16, 2, 86415592",
    "vit_b_16, none, 58067176",
    "swin_t, 2, 28288354",
    "swin_t, none, 19621192",
    "maxvit_t, 2, 30919624",
    "fcn_resnet50, 2, 32957013",
    "lraspp_mobilenet_v3_large, 2, 3221538",
    "lraspp_mobilenet_v3_large, none, 3221538"
  })
  void total_fallsWithTheDepth_asParametersOfContainersAreLost(
      String model, String maxDepth, long parameters) {
    assertThat(total(model, maxDepth)).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "fcn_resnet50, 0",
    "fcn_resnet50, 1",
    "lraspp_mobilenet_v3_large, 0",
    "lraspp_mobilenet_v3_large, 1",
    "maxvit_t, none"
  })
  void rowOfSomethingElseThanTensors_fails(String model, String maxDepth) {
    assertThatThrownBy(() -> total(model, maxDepth))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("Exception: Object not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "deep", "", "1.5"})
  void maxDepth_thatIsNoWholeNumber_isRefusedWithWhatIsRight(String value) {
    assertThatThrownBy(() -> SUMMARY.with("max_depth", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pytorch-model-summary(max_depth=%s): max_depth is a whole number from 0, or none"
                .formatted(value));
  }
}
