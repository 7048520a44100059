package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.zoo.Zoo;

/** Holds a convention against what its tool returned for segmentation and video models. */
public abstract class GoldenOtherModelsTest {
  private final Conventions conventions;
  private final List<String> ids;

  /**
   * A test of some of a family's conventions.
   *
   * @param ids as recorded, options included
   */
  protected GoldenOtherModelsTest(ConventionFamily family, String... ids) {
    this.conventions = Conventions.of(List.of(family));
    this.ids = List.of(ids);
  }

  @TestFactory
  final Stream<DynamicTest> total_ofOtherModel_isWhatTheToolReturned() {
    return ids.stream()
        .flatMap(
            id ->
                GoldenOtherModels.ofTorchvision(id).stream()
                    .map(
                        recorded ->
                            dynamicTest(
                                "%s of %s at %s".formatted(id, recorded.model(), recorded.input()),
                                () -> compare(conventions.find(id), recorded))));
  }

  private static void compare(Convention convention, RecordedOtherModel recorded) {
    Network network = Zoo.build(recorded.model());
    long[] sizes =
        Arrays.stream(recorded.input().split("x", -1)).mapToLong(Long::parseLong).toArray();
    ForwardPass pass = network.forward(convention.mode(), Shape.of(sizes));
    Counter counter = convention.counter(network);
    assertThat(counter.total(pass)).isEqualTo(Long.parseLong(recorded.value()));
    if (!recorded.params().isEmpty()) {
      assertThat(counter.parameters(pass)).isEqualTo(Long.parseLong(recorded.params()));
    }
  }
}
