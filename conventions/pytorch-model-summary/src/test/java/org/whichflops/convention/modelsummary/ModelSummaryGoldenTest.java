package org.whichflops.convention.modelsummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;
import org.whichflops.golden.RecordedLayers;
import org.whichflops.zoo.Zoo;

/** Holds pytorch_model_summary's convention against what the tool returned. */
class ModelSummaryGoldenTest extends GoldenConventionTest {
  ModelSummaryGoldenTest() {
    super(new ModelSummaryFamily(), "pytorch-model-summary");
  }

  @Override
  protected Map<String, String> recordedOtherwise() {
    return Map.of(
        "maxvit_t",
        "the recording ran the tool a second time with max_depth=None, and that run failed");
  }

  @Test
  void maxVit_atTheDefaultDepth_isCounted_andFailsAtEveryDepthForAWindowsSize() {
    Network network = Zoo.build("maxvit_t");
    Convention convention = new ModelSummaryFamily().conventions().get(0);
    ForwardPass pass = network.forward(convention.mode());

    // The tool's own code on torchvision 0.21 returned this total.
    assertThat(convention.counter(network).total(pass)).isEqualTo(30_919_624);
    assertThatThrownBy(() -> convention.with("max_depth", "none").counter(network).total(pass))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("Exception: Object not supported");
  }

  /** The rows recorded are those of {@code max_depth=None}. */
  @Override
  protected void compareLayers(
      Convention convention, Network network, ForwardPass pass, RecordedLayers recorded) {
    SummaryRows rows = SummaryRows.of(network, pass, ShownModules.EVERY_DEPTH, false);
    assertThat(rows.all())
        .extracting(
            SummaryRow::name,
            row -> row.module().type().name(),
            SummaryRow::shapes,
            row -> String.valueOf(row.trainable()),
            row -> String.valueOf(row.parameters()))
        .containsExactlyElementsOf(
            recorded.layers().stream()
                .map(
                    layer ->
                        org.assertj.core.groups.Tuple.tuple(
                            layer.path(),
                            layer.type(),
                            layer.outputShape(),
                            layer.count(),
                            layer.params()))
                .toList());
  }
}
