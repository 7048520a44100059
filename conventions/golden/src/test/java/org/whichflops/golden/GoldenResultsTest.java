package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the readers read. */
class GoldenResultsTest {
  @Test
  void totals_areAllThere() {
    assertThat(GoldenTotals.all()).hasSize(3957);
  }

  @Test
  void totals_alexnetUnderThop() {
    assertThat(GoldenTotals.of("thop"))
        .contains(
            new RecordedTotal("thop", "alexnet", 1, 224, 224, "MACs", "714206912", "61100840", ""));
  }

  @Test
  void totals_haveAValueOrTheReasonThatThereIsNone() {
    assertThat(GoldenTotals.all())
        .allSatisfy(total -> assertThat(total.failed()).isEqualTo(!total.note().isEmpty()));
  }

  @Test
  void totals_unknownConvention() {
    assertThat(GoldenTotals.of("thpo")).isEmpty();
  }

  @Test
  void layerCases_areAllThere() {
    assertThat(GoldenLayerCases.all()).hasSize(7016);
  }

  @Test
  void layerCases_convolutionUnderThop() {
    assertThat(GoldenLayerCases.of("thop"))
        .contains(
            new RecordedLayerCase(
                "thop",
                "conv1d_bias",
                "nn.Conv1d(6, 8, 3)",
                "2x6x20",
                "macs",
                "5184",
                "152",
                "modules=m:5184/152"));
  }

  @Test
  void layerCases_haveAValueUnlessTheToolFailed() {
    assertThat(GoldenLayerCases.all())
        .allSatisfy(result -> assertThat(result.value().isEmpty()).isEqualTo(result.failed()));
  }

  @Test
  void layers_alexnetUnderThop() {
    RecordedLayers alexnet = GoldenLayers.of("thop").get(0);
    assertThat(alexnet).hasToString("alexnet at 1x224x224");
    assertThat(alexnet.layers())
        .hasSize(24)
        .contains(
            new RecordedLayer(
                "features.0", "Conv2d", "[1, 64, 55, 55]", "macs", "70276800", "23296", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"thop", "ptflops"})
  void layers_beginWithTheRoot(String convention) {
    assertThat(GoldenLayers.of(convention))
        .hasSizeGreaterThan(60)
        .allSatisfy(
            model -> {
              assertThat(model.layers().get(0).path()).isEmpty();
              assertThat(model.layers()).extracting(RecordedLayer::path).doesNotHaveDuplicates();
            });
  }

  @Test
  void layers_variantsOfTheMode() {
    assertThat(GoldenLayers.of("ptflops"))
        .filteredOn(model -> model.variant().equals("no_grad"))
        .extracting(RecordedLayers::model)
        .containsExactly("vit_b_16", "vit_b_32", "vit_l_32");
  }

  @Test
  void layers_unknownConvention() {
    assertThat(GoldenLayers.has("thpo")).isFalse();
    assertThatThrownBy(() -> GoldenLayers.of("thpo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no layers are recorded for 'thpo'");
  }
}
