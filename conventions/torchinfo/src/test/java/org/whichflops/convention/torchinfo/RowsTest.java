package org.whichflops.convention.torchinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.golden.GoldenLayerCases;
import org.whichflops.golden.GoldenLayers;
import org.whichflops.golden.LayerCases;
import org.whichflops.golden.RecordedLayer;
import org.whichflops.golden.RecordedLayerCase;
import org.whichflops.golden.RecordedLayers;
import org.whichflops.zoo.Zoo;

/** Every row of a summary against those torchinfo made. */
class RowsTest {
  private static final String MODULES = "modules=";

  static Stream<Arguments> models() {
    return Stream.of("torchinfo", "torchinfo-master")
        .flatMap(id -> GoldenLayers.of(id).stream().map(model -> Arguments.of(id, model)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("models")
  void rows_ofWholeModel_areTheTools(String id, RecordedLayers recorded) {
    Network network = Zoo.build(recorded.model());
    List<Row> rows =
        Rows.of(
            network,
            network.forward(
                Mode.CPU_NO_GRAD,
                network.input().at(recorded.batch(), recorded.height(), recorded.width())),
            Recorded.version(id));
    assertThat(rows.stream().map(RowsTest::asRecorded))
        .containsExactlyElementsOf(recorded.layers());
  }

  private static RecordedLayer asRecorded(Row row) {
    return new RecordedLayer(
        row.path(),
        row.type(),
        row.outputSize().isEmpty() ? "[]" : row.outputSize(),
        "mult_adds",
        Long.toString(row.macs()),
        Long.toString(row.parameters()),
        "leaf=%s recursive=%s depth=%d executed=%s"
            .formatted(
                python(row.leaf()), python(row.recursive()), row.depth(), python(row.executed())));
  }

  private static String python(boolean value) {
    return value ? "True" : "False";
  }

  static Stream<RecordedLayerCase> layerCases() {
    return Stream.of("torchinfo", "torchinfo-master")
        .flatMap(id -> GoldenLayerCases.of(id).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layerCases")
  void rows_ofSingleLayer_areTheTools(RecordedLayerCase recorded) {
    Network network = LayerCases.build(recorded.name());
    Mode mode = LayerCases.mode(recorded.name()).orElse(Mode.CPU_NO_GRAD);
    TorchinfoVersion version = Recorded.version(recorded.convention());
    List<Row> rows = Rows.of(network, network.forward(mode), version);
    assertThat(
            rows.stream()
                .filter(row -> row.macs() != 0 || row.parameters() != 0)
                .map(
                    row ->
                        "%s:%d/%d"
                            .formatted(
                                row.path().isEmpty() ? "<root>" : row.path(),
                                row.macs(),
                                row.parameters()))
                .collect(Collectors.joining(";")))
        .isEqualTo(modules(recorded.note()));
    assertThat(Statistics.of(rows, version).multAdds()).isEqualTo(Long.parseLong(recorded.value()));
  }

  private static String modules(String note) {
    int start = note.indexOf(MODULES);
    if (start < 0) {
      return "";
    }
    int end = note.indexOf(" | ", start);
    return note.substring(start + MODULES.length(), end < 0 ? note.length() : end);
  }
}
