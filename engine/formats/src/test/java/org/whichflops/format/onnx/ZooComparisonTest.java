package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.zoo.Zoo;

/** A file's network computes what the zoo's does, operator by operator and module by module. */
class ZooComparisonTest {
  private static final Set<String> PRODUCTS =
      Set.of("aten.convolution", "aten.mm", "aten.addmm", "aten.bmm");

  /** Parameters of auxiliary heads, which run in training only and are in no export. */
  private static final Map<String, Long> UNCALLED =
      Map.of("googlenet", 13_004_888L - 6_624_904, "inception_v3", 27_161_264L - 23_834_568);

  /**
   * What exporters made of parameters beforehand: position biases of swin_t (138 heads) and
   * maxvit_t (168 heads), 13x13 a head, looked up for 49x49 pairs. And what is no parameter but
   * looks like one: 12 tables of coordinates.
   */
  private static final Map<String, Long> WORKED_OUT =
      Map.of(
          "swin_t",
          138L * (49 * 49 - 13 * 13),
          "maxvit_t",
          168L * (49 * 49 - 13 * 13),
          "swin_v2_t",
          12L * 15 * 15 * 2);

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
  Stream<DynamicTest> outputs_ofAnyFile_haveTheZoosShapes() {
    return fromZoo()
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      Network read = Fixtures.network(file);
                      Shape input = read.input().shape();
                      assertThat(Work.outputs(read, input))
                          .isEqualTo(Work.outputs(Zoo.build(Fixtures.model(file)), input));
                    }));
  }

  /** A folded batch norm has taken its weight and bias along, and left a bias where none was. */
  @TestFactory
  Stream<DynamicTest> parameters_ofAnyFile_areTheZoos_butForFoldedBatchNorms() {
    return fromZoo()
        .map(
            file ->
                dynamicTest(
                    file,
                    () -> {
                      String model = Fixtures.model(file);
                      Network zoo = Zoo.build(model);
                      Network read = Fixtures.network(file);
                      long expected =
                          zoo.parameters()
                              - UNCALLED.getOrDefault(model, 0L)
                              + WORKED_OUT.getOrDefault(model, 0L);
                      Map<String, Module> modules = byPath(read);
                      Set<String> called = calledModules(zoo, read.input().shape());
                      boolean folded = false;
                      for (Map.Entry<String, Module> module : byPath(zoo).entrySet()) {
                        Module there = modules.get(module.getKey());
                        if (!called.contains(module.getKey())) {
                          continue;
                        }
                        if (there == null && module.getValue().key().startsWith("nn.BatchNorm")) {
                          expected -= numel(module.getValue());
                          folded = true;
                        } else if (there != null
                            && there.parameters().containsKey("bias")
                            && module.getValue().parameters().containsKey("weight")
                            && !module.getValue().parameters().containsKey("bias")) {
                          expected += there.parameters().get("bias").numel();
                        }
                      }
                      assertThat(read.parameters()).isEqualTo(expected);
                      assertThat(folded && kept(file)).isFalse();
                      assertThat(read.note().contains("batch norms are folded")).isEqualTo(folded);
                    }));
  }

  private static long numel(Module module) {
    return module.parameters().values().stream().mapToLong(Parameter::numel).sum();
  }

  private static Map<String, Module> byPath(Network network) {
    return network.modules().stream()
        .collect(Collectors.toMap(network::path, module -> module, (a, b) -> a));
  }

  private static Set<String> calledModules(Network network, Shape input) {
    ForwardPass pass = network.forward(Mode.DECOMPOSED, input);
    Set<String> called = new HashSet<>();
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Module module) {
        called.add(network.path(module));
      }
    }
    return called;
  }

  /** Files with dynamic axes at every input, and static ones whose graphs derive every size. */
  @TestFactory
  Stream<DynamicTest> work_atAnotherInput_isTheZoos() {
    List<String> deriving =
        List.of(
            "torch2.6.resnet50.op17.preserve.static.onnx",
            "torch2.6.mobilenet_v2.op17.preserve.static.onnx",
            "torch2.6.squeezenet1_1.op17.eval.static.onnx");
    List<String> files =
        Stream.concat(fromZoo().filter(file -> file.contains(".dynNHW.")), deriving.stream())
            .toList();
    assertThat(files).hasSizeGreaterThan(5);
    long[][] resolutions = {{224, 224}, {192, 256}, {256, 160}, {331, 299}};
    return files.stream()
        .flatMap(
            file ->
                Stream.of(1L, 2L, 32L)
                    .flatMap(
                        batch ->
                            Stream.of(resolutions)
                                .map(
                                    size ->
                                        dynamicTest(
                                            "%s at %dx%dx%d"
                                                .formatted(file, batch, size[0], size[1]),
                                            () ->
                                                compareAt(
                                                    file,
                                                    Fixtures.network(file)
                                                        .input()
                                                        .at(batch, size[0], size[1]))))));
  }

  private static void compareAt(String file, Shape input) {
    Network read = Fixtures.network(file);
    Network zoo = Zoo.build(Fixtures.model(file));
    assertThat(Work.of(read, input, PRODUCTS::contains))
        .containsExactlyElementsOf(Work.of(zoo, input, PRODUCTS::contains));
    assertThat(Work.outputs(read, input)).isEqualTo(Work.outputs(zoo, input));
  }

  /** A vision transformer's file has its batch in reshapes: it says so instead of guessing. */
  @Test
  void staticFile_thatKeepsToItsInput_refusesAnyOther() {
    Network read = Fixtures.network("torch2.6.swin_t.op17.eval.static.onnx");
    assertThatThrownBy(() -> read.forward(Mode.DECOMPOSED, read.input().at(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the file is exported for 1x3x224x224");
  }
}
