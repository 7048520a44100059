package org.whichflops.convention.torchinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/** What surprises people in torchinfo's numbers, one fact a test. */
class TorchinfoQuirksTest {
  private static final Conventions TORCHINFO = Conventions.of(List.of(new TorchinfoFamily()));

  private static long count(String id, Network network) {
    return TORCHINFO.find(id).counter(network).total(network.forward(Mode.CPU_NO_GRAD));
  }

  private static long count(String id, Module layer, long... input) {
    return count(id, new Network("layer", layer, InputSize.fixed(input)));
  }

  private static long parameters(String id, Network network) {
    return TORCHINFO.find(id).counter(network).parameters(network.forward(Mode.CPU_NO_GRAD));
  }

  @Test
  void linear_underEveryToken_countsOnceABatchIn180_andOnceATokenSince() {
    assertThat(count("torchinfo", new Linear(10, 7), 4, 5, 10)).isEqualTo(4 * (10 * 7 + 7));
    assertThat(count("torchinfo-master", new Linear(10, 7), 4, 5, 10))
        .isEqualTo(4 * 5 * (10 * 7 + 7));
  }

  @Test
  void visionTransformer_isSixtyFiveTimesSmallerIn180() {
    assertThat(count("torchinfo", Zoo.build("vit_b_16"))).isEqualTo(173_232_616L);
    assertThat(count("torchinfo-master", Zoo.build("vit_b_16"))).isEqualTo(11_280_392_680L);
  }

  @Test
  void transposedConvolution_isCountedByItsOutput() {
    long positionsOut = 33 * 33;
    assertThat(count("torchinfo", convTranspose2d(6, 8, 3).stride(2), 2, 6, 16, 16))
        .isEqualTo(2 * positionsOut * (6 * 8 * 9 + 8));
  }

  @Test
  void className_decidesWhatIsAConvolution() {
    ModuleType custom = ModuleType.of("mine.Filter");
    assertThat(count("torchinfo", conv2d(6, 8, 3), 2, 6, 16, 16))
        .isEqualTo(2 * 14 * 14 * (6 * 8 * 9 + 8));
    assertThat(count("torchinfo", conv2d(6, 8, 3).as(custom), 2, 6, 16, 16))
        .isEqualTo(2 * (6 * 8 * 9 + 8));
  }

  @Test
  void recurrentCell_countsTooMuchByItsFeatures() {
    long weightsAndBiases = 4 * 20 * (10 + 20) + 2 * 4 * 20;
    assertThat(count("torchinfo", Recurrent.lstmCell(10, 20), 3, 10))
        .isEqualTo(3 * 20 * weightsAndBiases);
  }

  @Test
  void tiedWeight_isTwoParametersIn180_andOneSince() {
    Linear first = new Linear(10, 10);
    Network tied =
        new Network(
            "tied",
            new Sequential(first, new Linear(10, 10).tiedTo(first.weightParameter())),
            InputSize.fixed(4, 10));
    assertThat(parameters("torchinfo", tied)).isEqualTo(220);
    assertThat(parameters("torchinfo-master", tied)).isEqualTo(120);
  }

  @Test
  void attention_countsNothing_forItsWeightsBelongToAModuleWithChildren() {
    Network vit = Zoo.build("vit_b_16");
    List<Row> rows =
        Rows.of(vit, vit.forward(Mode.CPU_NO_GRAD), TorchinfoVersion.MASTER).stream()
            .filter(row -> row.type().equals("MultiheadAttention"))
            .toList();
    assertThat(rows)
        .hasSize(12)
        .allSatisfy(row -> assertThat(row.leaf()).isFalse())
        .allSatisfy(row -> assertThat(row.macs()).isPositive());
  }
}
