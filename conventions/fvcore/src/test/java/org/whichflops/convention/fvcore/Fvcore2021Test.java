package org.whichflops.convention.fvcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.LayerCases;
import org.whichflops.zoo.Zoo;

/** Holds fvcore's earlier rules against what its code of the time returned. */
class Fvcore2021Test {
  private static final Conventions CONVENTIONS = Conventions.of(List.of(new FvcoreFamily()));

  @ParameterizedTest(name = "{0} of {1} at {2}")
  @CsvFileSource(resources = "recorded.csv", numLinesToSkip = 1)
  void total_isWhatFvcoreReturnedThen(String id, String name, String input, long value) {
    Convention convention = CONVENTIONS.find(id);
    Network network = input == null ? LayerCases.build(name) : Zoo.build(name);
    ForwardPass pass =
        input == null
            ? network.forward(convention.mode())
            : network.forward(convention.mode(), shape(input));
    assertThat(convention.counter(network).total(pass)).isEqualTo(value);
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }
}
