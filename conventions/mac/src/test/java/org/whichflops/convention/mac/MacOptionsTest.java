package org.whichflops.convention.mac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.LayerCases;
import org.whichflops.zoo.Zoo;

class MacOptionsTest {
  private static final Conventions MAC = Conventions.of(List.of(new MacFamily()));

  private static long total(String id, Network network, long batch) {
    Convention convention = MAC.find(id);
    return convention
        .counter(network)
        .total(network.forward(convention.mode(), network.input().at(batch)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // pycls prints this for R-50-1x64d: with the classifier's bias.
        "resnet50 | mac(bias=true)                  | 4089185256",
        // torchprofile prints 2048 more, for the average pooling's outputs.
        "resnet50 | mac(bn=counted)                 | 4100298240",
        "resnet50 | 2mac(bn=counted)                | 8200596480",
        // Every convolution is followed by a batch norm and has no bias: it gets one.
        "resnet50 | mac(bn=folded)                  | 4089184256",
        "resnet50 | mac(bias=true,bn=folded)        | 4100299240",
        "resnet50 | 2mac(bias=true,bn=folded)       | 8189483496",
        // A convolution with bias keeps it, and its batch norm is nothing more.
        "vgg16_bn | mac(bias=true,bn=folded)        | 15483821032",
        "vgg16    | mac(bias=true)                  | 15483821032",
        // ptflops 0.6.9 returns 4121925096: with bias 1000, batch norm 22227968, pools 903168.
        "resnet50 | mac(activations=true)           | 4098792960",
        // 17.564 and 16.849 G are printed for ViT-B/16 with and without attention's products.
        "vit_b_16 | mac                             | 17563828224",
        "vit_b_16 | mac(attention=none)             | 16848500736",
        "vit_b_16 | mac(attention=causal)           | 17206164480",
        // 12 layers, 12 heads, 197 rows of 197: 3 x 197 - 1 operations a row, 16737120 more.
        "vit_b_16 | mac(softmax=true)               | 17580565344"
      })
  void option_countsWhatItSays(String model, String id, long expected) {
    assertThat(total(id, Zoo.build(model), 1)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // fvcore returns 221184 for this case, and thop 0.1.1 counts it by its output: 2*8*33*33*6*9.
    "mac, 221184",
    "'mac(transposed=output)', 940896"
  })
  void transposedConvolution_isAppliedWhereTheOptionSays(String id, long expected) {
    Convention convention = MAC.find(id);
    Network network = LayerCases.build("convT2d_nobias");
    assertThat(convention.counter(network).total(network.forward(convention.mode())))
        .isEqualTo(expected);
  }

  @Test
  void perImage_isTheSameForEveryBatch_andTheLinesStillAddUp() {
    Network network = Zoo.build("resnet18");
    assertThat(total("mac(per=image)", network, 1)).isEqualTo(1_814_073_344L);
    assertThat(total("mac(per=image)", network, 7)).isEqualTo(1_814_073_344L);
    Convention convention = MAC.find("mac(per=image)");
    ForwardPass pass = network.forward(convention.mode(), network.input().at(7));
    Tally tally = convention.counter(network).tally(pass);
    long sum = tally.lines().stream().mapToLong(Tally.Line::amount).sum();
    assertThat(sum).isEqualTo(7 * 1_814_073_344L);
    assertThat(tally.adjustments())
        .singleElement()
        .satisfies(adjustment -> assertThat(adjustment.amount()).isEqualTo(-6 * 1_814_073_344L));
  }

  @Test
  void batchNormWithoutAConvolutionBeforeIt_cannotBeFolded() {
    // Pre-activation: the first of each block's three comes after a sum.
    Network network = Zoo.build("preact_resnet50");
    long all = total("mac(bn=counted)", network, 1) - total("mac", network, 1);
    long left = total("mac(bn=folded)", network, 1) - total("mac", network, 1);
    assertThat(left).isPositive().isLessThan(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mac(bn=folded,bias=true)             | mac(bias=true,bn=folded)",
        "mac( bias = true , bn = folded )     | mac(bias=true,bn=folded)",
        "2mac(per=image,attention=causal)     | 2mac(attention=causal,per=image)"
      })
  void options_haveOneOrder(String request, String id) {
    assertThat(MAC.find(request).about().id()).isEqualTo(id);
    assertThat(MAC.find(id).about().id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mac(bn=merged)   | mac(bn=merged): bn is ignored or counted or folded",
        "mac(norm=folded) | convention 'mac' has no option 'norm'; it has bias, bn, activations, softmax, attention, transposed, per",
        "mac(bn)          | convention 'mac(bn)' is not of the form id or id(option=value,option=value)"
      })
  void wrongOption_saysWhatIsRight(String request, String message) {
    assertThatThrownBy(() -> MAC.find(request)).hasMessage(message);
  }
}
