package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;

/** One network through every exporter and operator set: the same work, the shapes of ORT. */
class ExportersTest {
  private static final List<String> LAYERS =
      List.of(
          "conv aten.convolution 5x3x8x8 8x3x3x3 -> 5x8x8x8",
          "bn aten.batch_norm 5x8x8x8 -> 5x8x8x8",
          "act aten.silu 5x8x8x8 -> 5x8x8x8",
          "group aten.group_norm 5x8x8x8 -> 5x8x8x8",
          "hard aten.hardswish 5x8x8x8 -> 5x8x8x8",
          "norm aten.layer_norm 5x256x8 -> 5x256x8",
          "gelu aten.gelu 5x256x8 -> 5x256x8",
          "fc aten.addmm 16 1280x8 8x16 -> 1280x16",
          " aten.mean 5x256x16 -> 5x16",
          "out aten.mm 5x16 16x5 -> 5x5",
          "soft aten.softmax 5x5 -> 5x5");

  private static final List<String> ATTENDS =
      List.of(
          "norm aten.layer_norm 7x10x16 -> 7x10x16",
          "attention aten.addmm 48 70x16 16x48 -> 70x48",
          "attention aten.mul 7x2x10x8 -> 7x2x10x8",
          "attention aten.bmm 14x10x8 14x8x10 -> 14x10x10",
          "attention aten.softmax 14x10x10 -> 14x10x10",
          "attention aten.bmm 14x10x10 14x10x8 -> 14x10x8",
          "attention aten.addmm 16 70x16 16x16 -> 70x16",
          " aten.add 7x10x16 7x10x16 -> 7x10x16");

  private static final List<String> PLAIN =
      List.of(
          "conv aten.convolution 5x3x16x12 8x3x3x3 -> 5x8x16x12",
          "bn aten.batch_norm 5x8x16x12 -> 5x8x16x12",
          "act aten.relu 5x8x16x12 -> 5x8x16x12",
          "pool aten.max_pool2d 5x8x16x12 -> 5x8x8x6",
          "deep aten.convolution 5x8x8x6 8x1x3x3 -> 5x8x8x6",
          "gate aten.sigmoid 5x8x8x6 -> 5x8x8x6",
          " aten.mul 5x8x8x6 5x8x8x6 -> 5x8x8x6",
          " aten.add 5x8x8x6 5x8x8x6 -> 5x8x8x6",
          "mean aten.adaptive_avg_pool2d 5x8x8x6 -> 5x8x1x1",
          "out aten.addmm 5 5x8 8x5 -> 5x5");

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  private static Stream<String> made(String model) {
    return Fixtures.names("made").stream().filter(name -> name.startsWith(model + "."));
  }

  @TestFactory
  Stream<DynamicTest> outputs_ofEveryFile_haveTheShapesThatOnnxRuntimeReturned()
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Fixtures.resource("made/expected.csv"), StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split(",", -1)).toList().stream()
          .map(
              row ->
                  dynamicTest(
                      row[0] + " at " + row[1],
                      () ->
                          assertThat(
                                  Work.outputs(
                                      Fixtures.network("made/" + row[0] + ".onnx"), shape(row[1])))
                              .isEqualTo(row[2])));
    }
  }

  @TestFactory
  Stream<DynamicTest> layers_ofAnyOperatorSet_areTheModels() {
    return made("layers")
        .filter(file -> !file.contains("static"))
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      boolean folded = file.contains("folded") || file.contains("dynamo");
                      Network network = Fixtures.network("made/" + file);
                      assertThat(Work.of(network, shape("5x3x8x8"), key -> true))
                          .containsExactlyElementsOf(
                              LAYERS.stream()
                                  .filter(line -> !folded || !line.startsWith("bn"))
                                  .toList());
                      // A batch norm's weight and bias have become a bias of the convolution.
                      assertThat(network.parameters()).isEqualTo(folded ? 480 : 488);
                      assertThat(network.note().contains("folded")).isEqualTo(folded);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> plainLayers_ofTheOldestOperatorSets_areTheModels() {
    return made("plain")
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      Network network = Fixtures.network("made/" + file);
                      assertThat(Work.of(network, shape("5x3x16x12"), key -> true))
                          .containsExactlyElementsOf(PLAIN);
                      assertThat(network.parameters()).isEqualTo(357);
                    }));
  }

  @Test
  void files_areOfEveryOperatorSetFrom7To22() {
    assertThat(
            Fixtures.names("made").stream()
                .map(
                    file -> Integer.parseInt(file.replaceAll(".*\\.(op|dynamo)(\\d+)\\..*", "$2"))))
        .containsAll(IntStream.rangeClosed(7, 22).boxed().toList());
  }

  @TestFactory
  Stream<DynamicTest> attention_ofAnyOperatorSet_isTheModels() {
    return made("attends")
        .filter(file -> !file.contains("static"))
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      Network network = Fixtures.network("made/" + file);
                      assertThat(Work.of(network, shape("7x10x16"), key -> true))
                          .containsExactlyElementsOf(ATTENDS);
                      assertThat(network.parameters()).isEqualTo(1120);
                      assertThat(
                              network.modules().stream()
                                  .map(module -> network.path(module) + " " + module.key()))
                          .contains("attention nn.MultiheadAttention", "norm nn.LayerNorm");
                    }));
  }

  @Test
  void staticFile_whoseReshapesHaveTheBatch_refusesAnotherAndSaysWhatItTakes() {
    Network network = Fixtures.network("made/attends.op17.static.onnx");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Work.outputs(network, network.input().at(2)))
        .hasMessageContaining("Reshape")
        .hasMessageContaining("the file is exported for 1x10x16; dynamic axes take other sizes");
  }
}
