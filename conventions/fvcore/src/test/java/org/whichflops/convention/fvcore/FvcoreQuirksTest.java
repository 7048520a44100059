package org.whichflops.convention.fvcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.golden.LayerCases;
import org.whichflops.zoo.Zoo;

/** What surprises people in fvcore's numbers, one fact a test. */
class FvcoreQuirksTest {
  private static final Conventions CONVENTIONS = Conventions.of(List.of(new FvcoreFamily()));

  private static long total(String id, Network network) {
    Convention convention = CONVENTIONS.find(id);
    return convention.counter(network).total(network.forward(convention.mode()));
  }

  private static long total(String id, Module root, long... input) {
    return total(id, new Network("root", root, InputSize.fixed(input)));
  }

  private static Map<String, Long> unsupported(Network network) {
    Convention fvcore = CONVENTIONS.find("fvcore");
    return Trace.of(fvcore.rules(), network, network.forward(fvcore.mode())).unsupported();
  }

  private static Tensor zeros(Tensor x, long... sizes) {
    return new Parameter(Shape.of(sizes), false).on(x);
  }

  @Test
  void attention_runsAsOneNode_isNotCountedButWarnedOf() {
    Network network = Zoo.build("vit_b_16");
    long products = 2L * 12 * 197 * 197 * 768; // softmax(q k) v of 12 layers
    assertThat(total("fvcore", network)).isEqualTo(16_867_412_736L);
    assertThat(products).isEqualTo(715_327_488L);
    assertThat(unsupported(network)).containsEntry("aten::scaled_dot_product_attention", 12L);
  }

  @Test
  void multiheadAttention_withoutGradients_countsNothingAtAll() {
    Network network = Zoo.build("vit_b_16");
    assertThat(total("fvcore", network) - total("fvcore(grad=false)", network))
        .as("four projections of 12 layers")
        .isEqualTo(12L * 4 * 197 * 768 * 768);
  }

  @Test
  void convolution_withPaddingSame_countsNothing() {
    assertThat(total("fvcore", conv2d(6, 8, 3).padding(1), 2, 6, 16, 16)).isEqualTo(221_184);
    Network same =
        new Network("same", conv2d(6, 8, 3).paddingSame(), InputSize.fixed(2, 6, 16, 16));
    assertThat(total("fvcore", same)).isZero();
    assertThat(unsupported(same)).containsExactly(Map.entry("aten::_convolution_mode", 1L));
  }

  @Test
  void transposedConvolution_isCountedByItsInput_thoughNotBefore2021_10() {
    Network network = LayerCases.build("convT2d_nobias");
    assertThat(total("fvcore", network)).isEqualTo(2L * 16 * 16 * 6 * 8 * 9);
    assertThat(total("fvcore-2021-03", network))
        .as("the output's positions, and 8 channels in for 6")
        .isEqualTo(2L * 33 * 33 * 8 * 8 * 9);
  }

  @Test
  void batchNorm_inEvaluation_oncePerElementMoreWithAWeight() {
    Network network = LayerCases.build("batchnorm2d_noaffine");
    assertThat(total("fvcore", network)).isEqualTo(3072);
    assertThat(total("fvcore-2021-03", network)).as("as in training").isEqualTo(4 * 3072);
    assertThat(total("fvcore-2021-02", network)).isZero();
  }

  @Test
  void matmul_ofAMatrixWithAStack_seesTheMatrixOnly() {
    Network network = LayerCases.build("torch_matmul_broadcast");
    assertThat(total("fvcore", network)).as("six products of 350 each").isEqualTo(350);
  }

  @Test
  void matmul_withAVector_failsInFvcoreAndNotInItsCopy() {
    Network network = Calls.network(x -> Torch.matmul(x, zeros(x, 10)), 4, 10);
    assertThatThrownBy(() -> total("fvcore", network))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("IndexError: list index out of range");
    assertThat(total("mmengine", network)).isEqualTo(40);
  }

  @Test
  void layerNorm_ofAVector_fails() {
    Network network = new Network("norm", new LayerNorm(10), InputSize.fixed(10));
    assertThatThrownBy(() -> total("fvcore", network))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("AssertionError: [10]");
  }

  /** What fvcore returned for each, commit 3378afe on numpy 2.2.4. */
  @ParameterizedTest
  @CsvSource({
    "'bij,bjk->bik', 7558941, 7560000",
    "'nct,ncp->ntp', 7558941, 7558941",
  })
  void einsum_isReadOffAReportOfFourDigits_exceptForNonLocalBlocks(
      String equation, long products, long counted) {
    boolean plain = equation.startsWith("b");
    Network network =
        plain
            ? Calls.network(x -> Torch.einsum(equation, x, zeros(x, 13, 101, 101)), 13, 57, 101)
            : Calls.network(x -> Torch.einsum(equation, x, x), 13, 57, 101);
    assertThat(products).isEqualTo(13L * 57 * 101 * 101);
    assertThat(total("fvcore", network)).isEqualTo(counted);
  }

  @Test
  void einsum_beyondNonLocalBlocks_failedInTheSpringOf2021() {
    assertThatThrownBy(() -> total("fvcore-2021-03", LayerCases.build("einsum_mm")))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("NotImplementedError: Unsupported einsum operation.");
  }

  @Test
  void result_thatNobodyUses_isNotInTheTrace() {
    Network network =
        Calls.network(
            x -> {
              Torch.mm(x, zeros(x, 10, 7));
              return Torch.mm(x, zeros(x, 10, 3));
            },
            4,
            10);
    assertThat(total("fvcore", network)).isEqualTo(4 * 10 * 3);
  }

  @Test
  void sharedModule_countsForItsFirstOwner_whoeverCallsIt() {
    Network network = LayerCases.build("shared_across_parents");
    Convention fvcore = CONVENTIONS.find("fvcore");
    ForwardPass pass = network.forward(fvcore.mode());
    OperatorCounts counts = OperatorCounts.of(fvcore.counter(network), network, pass);
    List<String> owners =
        network.modules().stream()
            .map(network::path)
            .filter(path -> !path.isEmpty() && !path.contains("."))
            .toList();
    assertThat(owners).hasSize(2);
    assertThat(counts.total(owners.get(0))).isEqualTo(800);
    assertThat(counts.total(owners.get(1))).isZero();
    assertThat(Trace.of(fvcore.rules(), network, pass).uncalled()).isEmpty();
  }

  @Test
  void recurrentLayer_isOneUnknownNode_aCellIsLinearNodes() {
    assertThat(total("fvcore", LayerCases.build("LSTM_1layer"))).isZero();
    assertThat(unsupported(LayerCases.build("LSTM_1layer"))).containsOnlyKeys("aten::lstm");
    assertThat(total("fvcore", LayerCases.build("LSTMCell"))).isEqualTo(3L * 80 * (10 + 20));
  }
}
