package org.whichflops.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.architecture.Architecture;

/** What a network that was run once keeps in memory, without the record of the run. */
class ZooMemoryTest {
  private static final int MODULES = 1000;
  private static final int MEGABYTE = 1_000_000;
  private static final int COPIES = 4;

  @TestFactory
  Stream<DynamicTest> networkOfUnderThousandModules_runOnce_keepsUnderMegabyte() {
    return Zoo.architectures().stream()
        .filter(architecture -> modules(architecture) < MODULES)
        .map(
            architecture ->
                dynamicTest(
                    architecture.name(),
                    () -> assertThat(kept(architecture)).isLessThan(MEGABYTE)));
  }

  private static int modules(Architecture architecture) {
    return Zoo.build(architecture.name()).modules().size();
  }

  private static long kept(Architecture architecture) {
    Network[] networks = new Network[COPIES];
    Zoo.build(architecture.name()).forward(Mode.DECOMPOSED); // classes and constants
    long before = used();
    for (int i = 0; i < COPIES; i++) {
      networks[i] = Zoo.build(architecture.name());
      networks[i].forward(Mode.DECOMPOSED);
    }
    long kept = (used() - before) / COPIES;
    assertThat(networks).doesNotContainNull(); // and so still alive
    return kept;
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
