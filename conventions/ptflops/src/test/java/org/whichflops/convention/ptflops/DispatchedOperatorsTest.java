package org.whichflops.convention.ptflops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.whichflops.engine.nn.Conv.conv2d;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.zoo.Zoo;

/** Holds the operators of a forward pass against those that torch ran. */
class DispatchedOperatorsTest {
  private static List<String> operators(Network network, long... input) {
    return new DispatchedOperators(network.forward(Mode.CPU_GRAD, Shape.of(input))).all();
  }

  static Stream<String> recorded() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        DispatchedOperatorsTest.class.getResourceAsStream("sequences.csv.gz"))),
                StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void operators_ofWholeModel_areWhatTorchRan(String line) {
    String[] cells = line.split(",");
    long side = Long.parseLong(cells[1]);
    Network network = Zoo.build(cells[0].equals("vit_b_16") ? "vit_b_16(image_size=32)" : cells[0]);

    List<String> expected =
        Stream.of(cells[2].split(" "))
            .skip(1) // makes the input
            .flatMap(DispatchedOperatorsTest::times)
            .toList();
    assertThat(operators(network, 1, 3, side, side)).isEqualTo(expected);
  }

  /** {@code 2*view} is {@code view} twice. */
  private static Stream<String> times(String run) {
    int star = run.indexOf('*');
    int times = star < 0 ? 1 : Integer.parseInt(run.substring(0, star));
    return Collections.nCopies(times, "aten." + run.substring(star + 1)).stream();
  }

  @Test
  void frozenLayer_keepsNothingForGradients() {
    Conv frozen = conv2d(3, 4, 1);
    frozen.share("weight", new Parameter(Shape.of(4, 3, 1, 1), false));
    frozen.share("bias", new Parameter(Shape.of(4), false));
    Network network =
        new Network(
            "frozen",
            new Sequential(frozen, Activation.reluInplace(), Activation.hardswishInplace()),
            InputSize.fixed(1, 3, 8, 8));

    assertThat(operators(network, 1, 3, 8, 8))
        .containsExactly("aten.convolution", "aten.relu_", "aten.hardswish_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"swin_t", "maxvit_t"})
  void operatorWhosePartsAreNotKnown_isRefusedByName(String model) {
    Network network = Zoo.build(model);

    assertThatThrownBy(() -> operators(network, 1, 3, 224, 224))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "ptflops-aten: the operators that aten\\.(index|einsum) is made of are not known for [0-9x]+");
  }
}
