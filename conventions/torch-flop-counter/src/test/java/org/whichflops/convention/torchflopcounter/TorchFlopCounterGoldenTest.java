package org.whichflops.convention.torchflopcounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.golden.GoldenConventionTest;
import org.whichflops.golden.GoldenLayerCases;
import org.whichflops.golden.LayerCases;
import org.whichflops.golden.RecordedLayerCase;

/** Holds FlopCounterMode's conventions against what it returned. */
class TorchFlopCounterGoldenTest extends GoldenConventionTest {
  private static final String ID = "torch-flop-counter";
  private static final String CPU_NO_GRAD = ID + "(device=cpu,grad=false)";
  private static final String CPU_GRAD = ID + "(device=cpu,grad=true)";

  TorchFlopCounterGoldenTest() {
    super(new TorchFlopCounterFamily(), ID, CPU_NO_GRAD, CPU_GRAD);
  }

  /** Layers were recorded on the CPU without gradients, where they do not say otherwise. */
  @Override
  protected String request(String id, String variant) {
    return switch (variant) {
      case "grad_enabled" -> CPU_GRAD;
      case "meta_device_no_grad" -> ID + "(device=meta,grad=false)";
      default -> CPU_NO_GRAD;
    };
  }

  @Override
  protected List<Held> held(Convention convention, Network network, ForwardPass pass) {
    FlopCounts counts = FlopCounts.of(convention, network, pass);
    return network.modules().stream()
        .map(module -> new Held(network.path(module), counts.total(module)))
        .toList();
  }

  @Override
  protected Map<String, Map<String, Long>> operators(
      Convention convention, Network network, ForwardPass pass) {
    return FlopCounts.of(convention, network, pass).byName();
  }

  /** Layer cases ran on the CPU, too. */
  @Override
  protected Mode modeOfCases(Convention convention) {
    return Mode.CPU_NO_GRAD;
  }

  @TestFactory
  Stream<DynamicTest> operators_ofSingleLayer_areWhatTheToolHolds() {
    return GoldenLayerCases.of(ID).stream()
        .map(recorded -> dynamicTest(recorded.name(), () -> compareOperators(recorded)));
  }

  private void compareOperators(RecordedLayerCase recorded) {
    Network network = LayerCases.build(recorded.name());
    Convention convention = conventions().find(CPU_NO_GRAD);
    ForwardPass pass = network.forward(LayerCases.mode(recorded.name()).orElse(Mode.CPU_NO_GRAD));
    FlopCounts counts = FlopCounts.of(convention, network, pass);
    assertThat(counts.byName().getOrDefault(TrackedNames.GLOBAL, Map.of()))
        .isEqualTo(recorded.operators());
  }
}
