package org.whichflops.convention.torchprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;

import org.junit.jupiter.api.Test;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.LayerCases;
import org.whichflops.zoo.Zoo;

/** What surprises people in torchprofile's numbers, one fact a test. */
class TorchprofileQuirksTest {
  private static final Convention TORCHPROFILE = new TorchprofileFamily().conventions().get(0);

  private static long total(Network network) {
    return TORCHPROFILE.counter(network).total(network.forward(TORCHPROFILE.mode()));
  }

  private static long total(String layerCase) {
    return total(LayerCases.build(layerCase));
  }

  private static long total(Module root, long... input) {
    return total(new Network("root", root, InputSize.fixed(input)));
  }

  @Test
  void transposedConvolution_isCountedByItsOutput_andGroupsChangeNothing() {
    long byOutput = 2L * 8 * 33 * 33 * 6 * 9;
    assertThat(total("convT2d_nobias")).isEqualTo(byOutput);
    assertThat(total("convT2d_groups2")).isEqualTo(byOutput);
  }

  @Test
  void transposedConvolution_withAsManyChannelsOutAsIn_doesDivideByGroups() {
    assertThat(total(convTranspose2d(6, 6, 3).stride(2).groups(2), 2, 6, 16, 16))
        .isEqualTo(2L * 6 * 33 * 33 * 3 * 9);
  }

  @Test
  void convolution_withPaddingSame_countsNothing() {
    assertThat(total(conv2d(6, 8, 3).padding(1), 2, 6, 16, 16)).isEqualTo(221_184);
    assertThat(total(conv2d(6, 8, 3).paddingSame(), 2, 6, 16, 16)).isZero();
  }

  @Test
  void matmul_ofAMatrixWithAStack_countsEveryProduct_andMmNone() {
    assertThat(total("torch_matmul_broadcast")).isEqualTo(6 * 350);
    assertThat(total("torch_matmul_2d")).isEqualTo(280);
    assertThat(total("torch_mm")).as("no handler for mm").isZero();
  }

  @Test
  void normalization_withoutAWeight_countsNothing() {
    assertThat(total("layernorm")).isEqualTo(200);
    assertThat(total("layernorm_noaffine")).isZero();
  }

  @Test
  void pooling_countsItsOutput_whateverTheWindow() {
    assertThat(total("avgpool2d")).isEqualTo(2 * 6 * 7 * 7);
    assertThat(total("adaptiveavgpool2d_1")).isEqualTo(2 * 6);
  }

  @Test
  void productsOfSizes_inPython_countOneEach() {
    Network network = Zoo.build("vit_b_16");
    ForwardPass pass = network.forward(TORCHPROFILE.mode());
    long sizes = 0;
    for (Tally.Line line : TORCHPROFILE.counter(network).tally(pass).lines()) {
      sizes += line.rule().formula().value(pass.call(line.call()), Label.SIZES);
    }
    assertThat(sizes).as("4 in each attention, 1 for the patches").isEqualTo(12 * 4 + 1);
  }

  @Test
  void lstm_withAProjection_isTakenForASmallerOne() {
    assertThat(total("LSTM_1layer")).isEqualTo(15L * 4 * 20 * (10 + 20));
    assertThat(total("LSTM_proj")).as("7 for the 20 hidden").isEqualTo(15L * 4 * 7 * (10 + 7));
  }

  @Test
  void encoderLayer_withoutGradients_isOneFusedOperatorAndCountsNothing() {
    Network network = LayerCases.build("encoderlayer_nograd_fastpath");
    Convention noGrad = TORCHPROFILE.with("grad", "false");
    assertThat(noGrad.counter(network).total(network.forward(noGrad.mode()))).isZero();
    assertThat(total(network)).isPositive();
  }
}
