package org.whichflops.convention.thop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.golden.LayerCases;
import org.whichflops.zoo.Zoo;

/** What surprises people in thop's numbers, one fact a test. */
class ThopQuirksTest {
  private static final Conventions THOP = Conventions.of(List.of(new ThopFamily()));

  private static Counter counter(String id, Network network) {
    return THOP.find(id).counter(network);
  }

  private static long count(String id, Network network) {
    return counter(id, network).total(network.forward(Mode.CPU_NO_GRAD));
  }

  private static long count(String id, Module layer, long... input) {
    return count(id, new Network("layer", new Sequential(layer), InputSize.fixed(input)));
  }

  private static long parameters(String id, Network network) {
    return counter(id, network).parameters(network.forward(Mode.CPU_NO_GRAD));
  }

  /** The rows of thop in the ladder of right answers for one image. */
  @ParameterizedTest
  @CsvSource({
    "thop, 4133742592",
    "thop-0.1.1-2207, 4133742592",
    "thop-0.1.0, 4133742592",
    "thop-0.0.31, 4111514624",
    "thop-2019-09, 4135789568"
  })
  void resnet50_isAnotherNumberInEveryEpoch(String id, long macs) {
    assertThat(count(id, Zoo.build("resnet50"))).isEqualTo(macs);
  }

  @Test
  void resnet50In2019_losesItsLastDigitsToFloat32() {
    Network resnet = Zoo.build("resnet50");
    var tally = counter("thop-2019-09", resnet).tally(resnet.forward(Mode.CPU_NO_GRAD));
    long exact = tally.lines().stream().mapToLong(line -> line.amount()).sum();
    assertThat(exact).isEqualTo(4_135_789_592L);
    assertThat(tally.total()).isEqualTo(4_135_789_568L);
  }

  @Test
  void parameters_ofAModuleWithoutARule_areLost_butNotIn2019() {
    Network vit = Zoo.build("vit_b_16");
    assertThat(vit.parameters()).isEqualTo(86_567_656);
    assertThat(parameters("thop", vit)).isEqualTo(58_067_176);
    Network norm =
        new Network("norm", new Sequential(new GroupNorm(2, 6)), InputSize.fixed(2, 6, 4, 4));
    assertThat(parameters("thop", norm)).isZero();
    assertThat(parameters("thop-2019-09", norm)).isEqualTo(12);
  }

  @Test
  void parameters_ofALayerThatIsNotCalled_areLost_butNotIn2019() {
    Network unused = LayerCases.build("unused_modules");
    assertThat(unused.parameters()).isEqualTo(473);
    assertThat(parameters("thop", unused)).isEqualTo(110);
    assertThat(parameters("thop-2019-09", unused)).isEqualTo(473);
  }

  /** Hooked twice and summed twice: two calls of 400 count as eight. */
  @Test
  void layerUnderTwoParents_countsFourTimes() {
    Network shared = LayerCases.build("shared_across_parents");
    assertThat(count("thop", shared)).isEqualTo(4 * 2 * 400);
    assertThat(parameters("thop", shared)).isEqualTo(2 * 110);
    assertThat(count("thop", LayerCases.build("shared_called_twice"))).isEqualTo(2 * 400);
  }

  @Test
  void transposedConvolution_isCountedByItsOutput() {
    long positionsIn = 16 * 16;
    long positionsOut = 33 * 33;
    long products = 2 * 6 * 8 * 9;
    long counted = count("thop", convTranspose2d(6, 8, 3).stride(2), 2, 6, 16, 16);
    assertThat(counted).isEqualTo(products * positionsOut).isNotEqualTo(products * positionsIn);
  }

  @Test
  void bias_ofAConvolution_countsUpTo0031_andOfALinearLayer_never() {
    assertThat(count("thop-0.0.31", conv2d(6, 8, 3), 1, 6, 16, 16))
        .isEqualTo(14 * 14 * 8 * (6 * 9 + 1));
    assertThat(count("thop", conv2d(6, 8, 3), 1, 6, 16, 16)).isEqualTo(14 * 14 * 8 * 6 * 9);
    assertThat(count("thop-0.0.31", new Linear(10, 7), 1, 10)).isEqualTo(70);
  }

  @Test
  void layerNorm_wasFreeThenFailedThenCounted() {
    LayerNorm norm = new LayerNorm(10);
    assertThat(count("thop-0.0.31", norm, 4, 5, 10)).isZero();
    for (String id : List.of("thop-0.1.0", "thop-0.1.1-2207")) {
      assertThatThrownBy(() -> count(id, norm, 4, 5, 10))
          .isInstanceOf(ToolFailureException.class)
          .hasMessage("AttributeError: 'LayerNorm' object has no attribute 'affine'");
    }
    assertThat(count("thop", norm, 4, 5, 10)).isEqualTo(4 * 200);
  }

  @Test
  void adaptivePooling_wasRoundedDown() {
    Module pool = adaptiveAvgPool2d(7);
    assertThat(count("thop-0.1.0", pool, 1, 1, 16, 16)).isEqualTo(7 * 7 * (2 * 2 + 1));
    assertThat(count("thop", pool, 1, 1, 16, 16)).isEqualTo(16 * 16 + 7 * 7);
  }

  /** Measured with thop's code: an image without batch shows it one size only. */
  @ParameterizedTest
  @CsvSource({"thop, 5, 660", "thop-0.1.0, 5, 600", "thop-0.0.31, 5, 600", "thop-2019-09, 5, 600"})
  void adaptivePooling_withoutBatch_readsTheWidthAlone(String id, int side, long ops) {
    assertThat(count(id, adaptiveAvgPool2d(side), 6, 16, 17)).isEqualTo(ops);
  }

  /**
   * A module of PyTorch's class that pools nothing: one input an output and one division. The real
   * pooling after it is given the same image without batch, as above.
   */
  @Test
  void adaptivePooling_withoutBatch_isToldFromAnotherModuleOfItsClass() {
    Module own =
        new Module(ModuleType.nn("pooling", "AdaptiveAvgPool2d")) {
          @Override
          protected Tensor forward(Tensor x) {
            return x;
          }
        };
    Module pool = adaptiveAvgPool2d(5);
    Module both =
        new Module(ModuleType.of("Both")) {
          {
            child("own", own);
            child("pool", pool);
          }

          @Override
          protected Tensor forward(Tensor x) {
            own.call(x.unsqueeze(0));
            return pool.call(x);
          }
        };
    Network network = new Network("both", both, InputSize.fixed(6, 16, 17));
    assertThat(count("thop", network)).isEqualTo(2 * 6 * 16 * 17 + 660);
  }

  @Test
  void averagePoolingIn2019_takesAKernelOfOneNumberForOneDimension() {
    assertThat(count("thop-2019-09", Pool.avgPool2d(3), 1, 1, 9, 9)).isEqualTo(3 * 3 * (3 + 1));
    assertThat(count("thop-2019-09", Pool.avgPool2d(3, 3), 1, 1, 9, 9)).isEqualTo(3 * 3 * (9 + 1));
    assertThat(count("thop", Pool.avgPool2d(3), 1, 1, 9, 9)).isEqualTo(3 * 3);
  }

  /** Measured with thop's code: 193,124,250 rounded once would end in 256. */
  @Test
  void averagePoolingIn2019_roundsItsOutputsBeforeItMultiplies() {
    assertThat(count("thop-2019-09", Pool.avgPool2d(3, 3).stride(1), 9, 33, 257, 257))
        .isEqualTo(193_124_240);
  }
}
