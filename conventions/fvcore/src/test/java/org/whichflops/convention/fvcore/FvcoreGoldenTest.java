package org.whichflops.convention.fvcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.LinkedHashMap;
import java.util.List;
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

/** Holds the conventions of fvcore and mmengine against what these returned. */
class FvcoreGoldenTest extends GoldenConventionTest {
  FvcoreGoldenTest() {
    super(new FvcoreFamily(), "fvcore", "fvcore(grad=false)", "mmengine");
  }

  @Override
  protected List<Held> held(Convention convention, Network network, ForwardPass pass) {
    OperatorCounts counts = OperatorCounts.of(convention.counter(network), network, pass);
    return network.modules().stream()
        .map(module -> new Held(network.path(module), counts.total(network.path(module))))
        .toList();
  }

  @Override
  protected Map<String, Map<String, Long>> operators(
      Convention convention, Network network, ForwardPass pass) {
    Map<String, Map<String, Long>> counts =
        new LinkedHashMap<>(OperatorCounts.of(convention.counter(network), network, pass).byPath());
    counts.values().removeIf(Map::isEmpty);
    counts.put("", ofRoot(convention, network, pass));
    return counts;
  }

  @TestFactory
  Stream<DynamicTest> operators_ofSingleLayer_areWhatTheToolHolds() {
    return GoldenLayerCases.of("fvcore").stream()
        .map(recorded -> dynamicTest(recorded.name(), () -> compareOperators(recorded)));
  }

  private void compareOperators(RecordedLayerCase recorded) {
    Network network = LayerCases.build(recorded.name());
    Convention convention = conventions().find("fvcore");
    ForwardPass pass = network.forward(LayerCases.mode(recorded.name()).orElse(convention.mode()));
    assertThat(ofRoot(convention, network, pass)).containsExactlyEntriesOf(recorded.operators());
  }

  /** What fvcore counted, by operator, then how often it met what it does not know. */
  private static Map<String, Long> ofRoot(
      Convention convention, Network network, ForwardPass pass) {
    Map<String, Long> all =
        new LinkedHashMap<>(
            OperatorCounts.of(convention.counter(network), network, pass).byPath().get(""));
    Trace trace = Trace.of(convention.rules(), network, pass);
    trace.unsupported().forEach((node, times) -> all.put("UNSUPPORTED " + node, times));
    return all;
  }
}
