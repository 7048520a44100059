package org.whichflops.format.pt2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/** A file's network calls what the zoo's calls: every module, function and operator, in order. */
class ZooComparisonTest {
  /** Parameters that strict exports leave out, since nothing that is called uses them. */
  private static final Map<String, Long> LEFT_OUT =
      Map.of(
          "torch2.6.googlenet.static.pt2", 13_004_888L - 6_624_904,
          "torch2.6.inception_v3.static.pt2", 27_161_264L - 23_834_568);

  private static Stream<String> fromZoo() {
    return Fixtures.names().stream().filter(Fixtures::inZoo);
  }

  /** Core ATen has no in-place operators, and no dropout in evaluation. */
  private static boolean decomposed(String file) {
    return file.contains("core_aten");
  }

  @TestFactory
  Stream<DynamicTest> forward_ofFile_callsWhatTheZooCalls() {
    return fromZoo()
        .flatMap(
            file ->
                Stream.of(Mode.DECOMPOSED, Mode.CPU_GRAD, Mode.CPU_NO_GRAD)
                    .map(
                        mode ->
                            dynamicTest(
                                file + " in " + mode,
                                () ->
                                    compare(file, mode, Fixtures.network(file).input().shape()))));
  }

  @TestFactory
  Stream<DynamicTest> forward_ofDynamicFile_callsWhatTheZooCalls_atOtherInputs() {
    return fromZoo()
        .filter(file -> file.contains(".dyn"))
        .flatMap(
            file ->
                Stream.of(1L, 2L, 32L)
                    .flatMap(
                        batch ->
                            resolutions(file)
                                .map(
                                    size ->
                                        dynamicTest(
                                            "%s at %dx%dx%d"
                                                .formatted(file, batch, size[0], size[1]),
                                            () ->
                                                compare(
                                                    file,
                                                    Mode.DECOMPOSED,
                                                    Fixtures.network(file)
                                                        .input()
                                                        .at(batch, size[0], size[1]))))));
  }

  /** The exported one and three others, where a file takes others. */
  private static Stream<long[]> resolutions(String file) {
    Stream<long[]> own = Stream.of(new long[] {224, 224});
    if (!file.contains("NHW")) {
      return own;
    }
    long[] last = file.contains("NHW32") ? new long[] {320, 288} : new long[] {331, 299};
    return Stream.concat(own, Stream.of(new long[] {192, 256}, new long[] {256, 160}, last));
  }

  @Test
  void dynamicFiles_areOfEveryKind() {
    assertThat(fromZoo().filter(file -> file.contains(".dynNHWauto."))).hasSizeGreaterThan(11);
    assertThat(fromZoo().filter(file -> file.contains(".dyn")))
        .contains("torch2.6.resnet18.dynN.pt2", "torch2.6.resnet18.dynNHW32.pt2");
  }

  private static void compare(String file, Mode mode, Shape input) {
    List<String> expected = Calls.of(Zoo.build(Fixtures.model(file)), mode, input);
    List<String> actual = Calls.of(Fixtures.network(file), mode, input);
    if (decomposed(file)) {
      expected = expected.stream().filter(call -> !isDropout(call)).map(notInPlace()).toList();
      actual = actual.stream().filter(call -> !isDropout(call)).toList();
    }
    if (file.contains("lraspp")) {
      // The head is called with a dict; the file has its tensors in the order they are read.
      expected = withoutHead(expected);
      actual = withoutHead(actual);
    }
    assertThat(actual).containsExactlyElementsOf(expected);
  }

  private static boolean isDropout(String call) {
    return call.contains("Dropout") || call.contains("F.dropout");
  }

  private static java.util.function.UnaryOperator<String> notInPlace() {
    return call -> call.startsWith("operator") ? call.replaceFirst("_ ", " ") : call;
  }

  private static List<String> withoutHead(List<String> calls) {
    return calls.stream().filter(call -> !call.contains("LRASPPHead")).toList();
  }

  @TestFactory
  Stream<DynamicTest> parameters_ofFile_areTheModels() {
    return fromZoo()
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      Network zoo = Zoo.build(Fixtures.model(file));
                      long leftOut = LEFT_OUT.getOrDefault(file, 0L);
                      Network read = Fixtures.network(file);
                      assertThat(read.parameters()).isEqualTo(zoo.parameters() - leftOut);
                      assertThat(read.trainableParameters())
                          .isEqualTo(zoo.trainableParameters() - leftOut);
                      assertThat(read.note().contains("parameters")).isEqualTo(leftOut > 0);
                    }));
  }

  /** Each static file at another input has its dynamic file at that input: 3x3x192x256. */
  @ParameterizedTest
  @CsvSource({"convnext_tiny", "shufflenet_v2_x1_0"})
  void dynamicFile_atAStaticFilesInput_callsWhatThatCalls(String model) {
    Network fixed = Fixtures.network("torch2.6." + model + ".static_n3_192x256.pt2");
    Network dynamic = Fixtures.network("torch2.6." + model + ".dynNHWauto.pt2");
    assertThat(Calls.of(dynamic, Mode.DECOMPOSED, dynamic.input().at(3, 192, 256)))
        .containsExactlyElementsOf(Calls.of(fixed, Mode.DECOMPOSED, fixed.input().shape()));
  }
}
