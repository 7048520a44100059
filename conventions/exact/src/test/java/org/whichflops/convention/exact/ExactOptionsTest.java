package org.whichflops.convention.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

class ExactOptionsTest {
  private static final Conventions EXACT = Conventions.of(List.of(new ExactFamily()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Folded batch norms give every convolution a bias, so every sum has as many additions as
        // products: twice torchvision's 4,089,184,256.
        "resnet50 | exact(bn=folded)          | 8178368512",
        "resnet50 | exact                     | 8167254528",
        // The classifier's 1000 biases.
        "resnet50 | exact(bias=false)         | 8167253528",
        // 11,113,984 numbers go through batch norms: a product and a sum each.
        "resnet50 | exact(bn=counted)         | 8189482496",
        "vgg16    | exact                     | 30940528640",
        "resnet50 | molchanov                 | 8200595480"
      })
  void total_followsFromTheFormula(String model, String id, long expected) {
    Convention convention = EXACT.find(id);
    Network network = Zoo.build(model);
    assertThat(convention.counter(network).total(network.forward(convention.mode())))
        .isEqualTo(expected);
  }
}
