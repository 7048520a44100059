package org.whichflops.convention.torchprofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.zoo.Zoo;

/** Video models, where Python multiplies sizes more than elsewhere. */
class TorchprofileVideoTest {
  @ParameterizedTest(name = "{0} at {1}")
  @CsvFileSource(resources = "video.csv", numLinesToSkip = 1)
  void total_isWhatTorchprofileReturned(String model, String input, long value) {
    Convention convention = new TorchprofileFamily().conventions().get(0);
    Network network = Zoo.build(model);
    Shape shape =
        Shape.of(Arrays.stream(input.split("x", -1)).mapToLong(Long::parseLong).toArray());
    assertThat(convention.counter(network).total(network.forward(convention.mode(), shape)))
        .isEqualTo(value);
  }
}
