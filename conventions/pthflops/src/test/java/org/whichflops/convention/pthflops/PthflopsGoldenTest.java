package org.whichflops.convention.pthflops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;
import org.whichflops.golden.GoldenLayerCases;
import org.whichflops.golden.LayerCases;
import org.whichflops.golden.RecordedLayerCase;
import org.whichflops.golden.RecordedLayers;

/** Holds pthflops' convention against what pthflops returned. */
class PthflopsGoldenTest extends GoldenConventionTest {
  PthflopsGoldenTest() {
    super(new PthflopsFamily(), "pthflops");
  }

  /** {@link GraphHabitsTest} has {@code x += 1} itself. */
  @Override
  protected Map<String, String> notExpressible() {
    return Map.of(
        "iadd_operator",
        "x.__iadd__(1), a method called by its name, which the tracer does not take for x += 1");
  }

  /** Nodes that count something, by the names of torch.fx. */
  @Override
  protected void compareLayers(
      Convention convention, Network network, ForwardPass pass, RecordedLayers recorded) {
    assertThat(Node.of(network, pass).stream().filter(node -> node.operations() != 0))
        .extracting(Node::name, node -> String.valueOf(node.operations()))
        .containsExactlyElementsOf(
            recorded.layers().stream()
                .filter(layer -> !layer.count().equals("0"))
                .map(layer -> tuple(layer.path(), layer.count()))
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> singleLayer_whereTheToolFails_failsWithItsMessage() {
    return GoldenLayerCases.of("pthflops").stream()
        .filter(RecordedLayerCase::failed)
        .map(
            recorded ->
                dynamicTest(
                    recorded.name(),
                    () -> {
                      Network network = LayerCases.build(recorded.name());
                      Convention convention = new PthflopsFamily().conventions().get(0);
                      ForwardPass pass = network.forward(convention.mode());
                      assertThatThrownBy(() -> convention.counter(network).total(pass))
                          .hasMessageStartingWith(recorded.note().strip());
                    }));
  }
}
