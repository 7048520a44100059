package org.whichflops.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenLayers;
import org.whichflops.golden.RecordedLayer;
import org.whichflops.golden.RecordedLayers;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.Unit;
import org.whichflops.zoo.Zoo;

class LayersTest {
  private static final Conventions INSTALLED = Conventions.installed();

  static Stream<Arguments> recordedModels() {
    return Stream.of("thop", "ptflops")
        .flatMap(
            id ->
                GoldenLayers.of(id).stream()
                    .filter(recorded -> recorded.variant().isEmpty())
                    .map(recorded -> arguments(id, recorded)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("recordedModels")
  void rows_ofEveryLayer_holdWhatTheToolHolds(String id, RecordedLayers recorded) {
    Network network = Zoo.build(recorded.model());
    Shape input = network.input().at(recorded.batch(), recorded.height(), recorded.width());
    List<Convention> conventions = List.of(INSTALLED.find(id));
    Map<String, Layer> rows = new HashMap<>();
    for (Layer layer : Layers.of(network, input, conventions).rows()) {
      rows.put(layer.path(), layer);
    }
    int compared = 0;
    for (RecordedLayer layer : recorded.layers()) {
      Layer row = rows.get(layer.path());
      long expected = layer.count().isEmpty() ? 0 : (long) Double.parseDouble(layer.count());
      if (row == null) {
        assertThat(expected).as("%s has no row", layer.path()).isZero();
        continue;
      }
      compared++;
      assertThat(row.count(0)).as(layer.path()).isEqualTo(expected);
      assertThat(row.type()).as(layer.path()).isEqualTo(layer.type());
      assertThat(pythonList(row.output())).as(layer.path()).isEqualTo(layer.outputShape());
    }
    assertThat(compared).isGreaterThan(recorded.layers().size() / 3);
  }

  private static String pythonList(@org.jspecify.annotations.Nullable Shape shape) {
    return shape == null ? "" : "[" + shape.toString().replace("x", ", ") + "]";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alexnet", "resnet50", "mobilenet_v2", "vgg16_bn", "vit_b_16", "googlenet"})
  void columns_addUpToTotals(String model) {
    Network network = Zoo.build(model);
    List<Convention> conventions = List.copyOf(INSTALLED.all());
    Shape input = network.input().at(2);
    Layers layers = Layers.of(network, input, conventions);
    List<Layer> rows = layers.rows();
    for (int i = 0; i < conventions.size(); i++) {
      Convention convention = conventions.get(i);
      int column = i;
      Counter counter = convention.counter(network);
      ForwardPass pass = network.forward(convention.mode(), input);
      if (layers.failed(i)) {
        assertThatThrownBy(() -> counter.total(pass)).isInstanceOf(ToolFailureException.class);
        continue;
      }
      assertThat(rows.stream().mapToLong(row -> row.count(column)).sum())
          .as(convention.about().id())
          .isEqualTo(counter.total(pass));
    }
    assertThat(
            rows.stream().mapToLong(row -> row.parameters() == null ? 0 : row.parameters()).sum())
        .isEqualTo(network.parameters());
  }

  @Test
  void column_ofAToolThatFails_isEmpty_andARowSaysWhy() throws IOException {
    Network network = Zoo.build("vit_b_16");
    List<Convention> conventions = List.of(INSTALLED.find("thop"), INSTALLED.find("thop-0.1.0"));
    StringWriter csv = new StringWriter();
    LayersTable.write(
        Layers.of(network, network.input().shape(), conventions),
        conventions,
        Format.CSV.writer(csv, Unit.ONE));
    List<String> lines = csv.toString().lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith("heads.head,")).hasSize(1);
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.endsWith(","));
    assertThat(lines.get(lines.size() - 1))
        .startsWith(
            "(thop-0.1.0 fails),AttributeError: 'LayerNorm' object has no attribute 'affine',");
  }

  @Test
  void rows_haveDifferentPaths() {
    Network network = Zoo.build("resnet18");
    List<Layer> rows =
        Layers.of(network, network.input().shape(), List.of(INSTALLED.find("ptflops"))).rows();
    assertThat(rows.stream().map(Layer::path)).doesNotHaveDuplicates();
  }

  @Test
  void rows_ofPtflops_showTheFunctionItCountsBesidesTheModule() {
    Network network = Zoo.build("alexnet");
    List<Layer> rows =
        Layers.of(network, network.input().shape(), List.of(INSTALLED.find("ptflops"))).rows();
    assertThat(rows.stream().filter(row -> row.path().startsWith("features.1")).limit(2))
        .extracting(Layer::path, Layer::type, row -> row.count(0))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("features.1", "ReLU", 64L * 55 * 55),
            org.assertj.core.groups.Tuple.tuple("features.1/F.relu", "F.relu", 64L * 55 * 55));
  }
}
