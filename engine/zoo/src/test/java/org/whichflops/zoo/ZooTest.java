package org.whichflops.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.architecture.Architecture;

class ZooTest {
  static Stream<String> names() {
    return Zoo.architectures().stream().map(Architecture::name);
  }

  @Test
  void architectures_areManyAndSorted() {
    assertThat(names()).hasSizeGreaterThan(180).isSorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyArchitecture_isFoundByName_andRunsAtItsOwnInput(String name) {
    Architecture architecture = Zoo.architecture(name);
    assertThat(architecture.name()).isEqualTo(name);
    assertThat(architecture.source()).isNotBlank();
    Network network = Zoo.build(name);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.call(0).outputCount()).isPositive();
    assertThat(network.parameters()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2(width_mult=0.75), mobilenet_v2(width_mult=0.75)",
    "'mobilenet_v2( num_classes = 10 , width_mult=0.5)', 'mobilenet_v2(width_mult=0.5,num_classes=10)'",
    "resnet50(), resnet50",
    "' resnet50 ', resnet50"
  })
  void build_namesTheNetworkAsAsked_withOptionsInTheirOrder(String request, String name) {
    assertThat(Zoo.build(request).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet5, did you mean resnet50",
    "Resnet50, did you mean resnet50",
    "zzzzzzzz, whichflops models",
    "'', whichflops models",
    "resnet50(width=2), it has num_classes",
    "resnet50(num_classes=0), a whole number of 1 or more",
    "resnet50(num_classes=1e3), a whole number of 1 or more",
    "mobilenet_v2(width_mult=-1), a number above 0",
    "mobilenet_v2(width_mult=NaN), a number above 0",
    "resnet50(stride_in_1x1=yes), true or false",
    "resnet50(, of the form",
    "resnet50(num_classes), of the form",
    "'resnet50(num_classes=1,num_classes=2)', twice"
  })
  void build_ofAWrongRequest_saysWhatIsRight(String request, String expected) {
    assertThatThrownBy(() -> Zoo.build(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }
}
