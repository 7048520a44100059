package org.whichflops.convention.torchflopcounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.whichflops.engine.nn.Conv.conv2d;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.golden.LayerCases;
import org.whichflops.zoo.Zoo;

/** What surprises people in FlopCounterMode's numbers, one fact a test. */
class FlopCounterQuirksTest {
  private static final Conventions CONVENTIONS =
      Conventions.of(List.of(new TorchFlopCounterFamily()));

  private static final String META = "torch-flop-counter";
  private static final String CPU = "torch-flop-counter(device=cpu)";
  private static final String CPU_NO_GRAD = "torch-flop-counter(device=cpu,grad=false)";

  private static long total(String id, Network network) {
    Convention convention = CONVENTIONS.find(id);
    return convention.counter(network).total(network.forward(convention.mode()));
  }

  @Test
  void attention_isCountedOnTheMetaDevice_notOnTheCpu() {
    Network network = Zoo.build("vit_b_16");
    long scores = 12L * 2 * 2 * 197 * 197 * 768;
    assertThat(total(META, network) - total(CPU, network)).isEqualTo(scores);
  }

  @Test
  void attention_withoutGradientsOnTheCpu_losesItsProjectionsToo() {
    Network network = Zoo.build("vit_b_16");
    long projections = 12L * 2 * 4 * 197 * 768 * 768;
    assertThat(total(CPU, network) - total(CPU_NO_GRAD, network)).isEqualTo(projections);
  }

  @Test
  void matmul_ofAMatrixWithAStack_countsEveryProduct_twoAMultiplyAccumulate() {
    assertThat(total(CPU, LayerCases.build("torch_matmul_broadcast"))).isEqualTo(2 * 6 * 350);
  }

  @Test
  void convolution_withPaddingSame_isCountedAsAnyOther() {
    Network same =
        new Network("same", conv2d(6, 8, 3).paddingSame(), InputSize.fixed(2, 6, 16, 16));
    assertThat(total(CPU, same)).isEqualTo(2 * 221_184);
  }

  @Test
  void lstm_onTheCpu_isOneKernelAndCountsNothing_unlessItHasAProjection() {
    assertThat(total(CPU_NO_GRAD, LayerCases.build("LSTM_1layer"))).isZero();
    assertThat(total(META, LayerCases.build("LSTM_1layer"))).isEqualTo(2L * 15 * 80 * (10 + 20));
    assertThat(total(CPU_NO_GRAD, LayerCases.build("LSTM_proj")))
        .isEqualTo(2L * 15 * (80 * (10 + 7) + 20 * 7));
    assertThat(total(CPU_NO_GRAD, LayerCases.build("GRU_1layer"))).isEqualTo(54_000);
  }

  @Test
  void productWithAVector_isNotCounted() {
    assertThat(total(CPU, LayerCases.build("torch_mv"))).isZero();
    assertThat(total(CPU, LayerCases.build("torch_dot"))).isZero();
  }

  @Test
  void encoderLayer_withoutGradients_isOneFusedOperatorAndCountsNothing() {
    Network network = LayerCases.build("encoderlayer_nograd_fastpath");
    assertThat(total(CPU_NO_GRAD, network)).isZero();
    assertThat(total(CPU, network)).isPositive();
  }

  @Test
  void sharedModule_isNamedByItsLastOwner_andCountsForWhoeverCallsIt() {
    Network network = LayerCases.build("shared_across_parents");
    Convention cpu = CONVENTIONS.find(CPU);
    FlopCounts counts = FlopCounts.of(cpu, network, network.forward(cpu.mode()));
    assertThat(counts.total("SharedAcrossParents.p1")).isEqualTo(800);
    assertThat(counts.total("SharedAcrossParents.p2")).isEqualTo(800);
    assertThat(counts.total("SharedAcrossParents.p1.m")).isZero();
    assertThat(counts.total("SharedAcrossParents.p2.m")).isEqualTo(1600);
  }

  @Test
  void table_ofASmallNetwork_hasWholeNumbersWithoutUnit() throws IOException {
    assertThat(table(LayerCases.build("linear_bias_2d")))
        .isEqualTo(
            """
            Module            FLOP    % Total
            --------------  ------  ---------
            Wrap               560    100.00%
             - aten.addmm      560    100.00%
             Wrap.m            560    100.00%
              - aten.addmm     560    100.00%
            """);
  }

  @Test
  void table_ofANetworkWithoutProducts_saysZero() throws IOException {
    assertThat(table(LayerCases.build("act_ReLU")))
        .isEqualTo(
            """
            Module      FLOP    % Total
            --------  ------  ---------
            Global         0         0%
            """);
  }

  private static String table(Network network) throws IOException {
    SummaryStyle style = new TorchFlopCounterFamily().styles().get(0);
    StringBuilder text = new StringBuilder();
    style.print(network, network.forward(style.mode()), text);
    return text.toString();
  }
}
