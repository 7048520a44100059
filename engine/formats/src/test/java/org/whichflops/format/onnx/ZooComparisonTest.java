package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.zoo.Zoo;

/** A file's network computes what the zoo's does, operator by operator and module by module. */
class ZooComparisonTest {
  private static final Set<String> PRODUCTS =
      Set.of("aten.convolution", "aten.mm", "aten.addmm", "aten.bmm");

  /** Parameters of auxiliary heads, which run in training only and are in no export. */
  private static final Map<String, Long> UNCALLED =
      Map.of("googlenet", 13_004_888L - 6_624_904, "inception_v3", 27_161_264L - 23_834_568);

  private static Stream<String> fromZoo() {
    return Fixtures.names(".").stream().filter(Fixtures::inZoo);
  }

  /** Whether batch norms are still layers of their own. */
  private static boolean kept(String file) {
    return file.contains("preserve") || file.contains(".train.");
  }

  @Test
  void fixtures_areAllHere() {
    assertThat(fromZoo()).hasSizeGreaterThan(50);
    assertThat(fromZoo().filter(ZooComparisonTest::kept)).hasSizeGreaterThan(15);
  }

  @TestFactory
  Stream<DynamicTest> products_ofAnyFile_areTheZoos() {
    return fromZoo().map(file -> dynamicTest(file, () -> compare(file, PRODUCTS::contains)));
  }

  @TestFactory
  Stream<DynamicTest> allWork_ofAFileWithBatchNorms_isTheZoos() {
    return fromZoo()
        .filter(ZooComparisonTest::kept)
        .map(file -> dynamicTest(file, () -> compare(file, key -> true)));
  }

  private static void compare(String file, Predicate<String> wanted) {
    Network read = Fixtures.network(file);
    Shape input = read.input().shape();
    assertThat(Work.of(read, input, wanted))
        .containsExactlyElementsOf(Work.of(Zoo.build(Fixtures.model(file)), input, wanted));
  }

  @TestFactory
  Stream<DynamicTest> parameters_ofAFileWithBatchNorms_areTheZoos() {
    return fromZoo()
        .filter(ZooComparisonTest::kept)
        .map(
            file ->
                dynamicTest(
                    file,
                    () ->
                        assertThat(Fixtures.network(file).parameters())
                            .isEqualTo(
                                Zoo.build(Fixtures.model(file)).parameters()
                                    - UNCALLED.getOrDefault(Fixtures.model(file), 0L))));
  }

  /** Each folded batch norm has left one bias instead of a weight and a bias. */
  @TestFactory
  Stream<DynamicTest> note_ofAFoldedFile_saysSo() {
    return fromZoo()
        .filter(file -> !file.contains("untrained"))
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      Network zoo = Zoo.build(Fixtures.model(file));
                      boolean followsConvolution =
                          zoo.parameters() - UNCALLED.getOrDefault(Fixtures.model(file), 0L)
                              > Fixtures.network(file).parameters();
                      String note = Fixtures.network(file).note();
                      assertThat(note.contains("batch norms are folded"))
                          .isEqualTo(followsConvolution || note.contains("folded"));
                      assertThat(followsConvolution && kept(file)).isFalse();
                    }));
  }

  /** A dynamic file at the input of a static one, and a static one at another that it allows. */
  @TestFactory
  Stream<DynamicTest> work_atAnotherInput_isTheZoos() {
    List<String> files =
        List.of(
            "torch2.6.shufflenet_v2_x1_0.op17.eval.dynNHW.onnx",
            "torch1.13.resnet18.op13.eval.dynNHW.onnx",
            "torch2.13.resnet18.dynamo.dynNHW.onnx",
            "torch2.6.resnet50.op17.preserve.static.onnx",
            "torch2.6.mobilenet_v2.op17.preserve.static.onnx",
            "torch2.6.squeezenet1_1.op17.eval.static.onnx");
    long[][] inputs = {{1, 224, 224}, {3, 192, 256}, {32, 331, 299}};
    return files.stream()
        .flatMap(
            file ->
                Stream.of(inputs)
                    .map(
                        at ->
                            dynamicTest(
                                file + " at " + at[0] + "x" + at[1] + "x" + at[2],
                                () -> {
                                  Network read = Fixtures.network(file);
                                  Shape input = read.input().at(at[0], at[1], at[2]);
                                  Network zoo = Zoo.build(Fixtures.model(file));
                                  assertThat(Work.of(read, input, PRODUCTS::contains))
                                      .containsExactlyElementsOf(
                                          Work.of(zoo, input, PRODUCTS::contains));
                                })));
  }
}
