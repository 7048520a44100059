package org.whichflops.convention.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.zoo.Zoo;

/**
 * Holds the conventions against the tables that were printed with them, at the printed precision.
 */
class PublishedTablesTest {
  private static final Conventions PUBLISHED = Conventions.of(List.of(new PublishedFamily()));
  private static final Map<String, Integer> UNITS = Map.of("M", 6, "G", 9, "T", 12);
  private static final Set<String> HEADS = Set.of("avgpool", "fc", "classifier");

  @ParameterizedTest
  @CsvFileSource(resources = "published.csv", numLinesToSkip = 1)
  void total_isWhatWasPrinted(
      String id, String model, Long side, String printed, Long params, String where) {
    Convention convention = PUBLISHED.find(id);
    Network network = Zoo.build(model);
    Shape input = side == null ? network.input().shape() : network.input().at(1, side, side);
    ForwardPass pass = network.forward(convention.mode(), input);
    Counter counter = convention.counter(network);
    long total = counter.total(pass);
    String shown =
        switch (id) {
          case "imgclsmob" -> String.format(Locale.ROOT, "%,.2fM", total / 2e6);
          case "convnet-burden" -> readable(total, printed);
          default -> Long.toString(total);
        };
    assertThat(shown).as(where).isEqualTo(printed);
    if (params != null) {
      assertThat(counter.parameters(pass)).as("parameters").isEqualTo(params);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "convnet-burden-sweeps.csv", numLinesToSkip = 1)
  void networkUpToItsLastPooling_overResolutions_isWhatWasPrinted(
      String model,
      long height,
      long width,
      long batch,
      String featureSize,
      String printed,
      String where) {
    Convention convention = PUBLISHED.find("convnet-burden");
    Network network = Zoo.build(model);
    ForwardPass pass = network.forward(convention.mode(), network.input().at(batch, height, width));
    long sum = 0;
    for (Tally.Line line : convention.counter(network).tally(pass).lines()) {
      String path = network.path(pass, pass.call(line.call()));
      if (!HEADS.contains(path.replaceAll("\\..*", ""))) {
        sum += line.amount();
      }
    }
    assertThat(readable(sum, printed)).as("%s, %s", where, featureSize).isEqualTo(printed);
  }

  /** {@code readableFlops} of burden.m: a whole number of the unit below. */
  private static String readable(long count, String like) {
    String unit = like.substring(like.indexOf(' ') + 1);
    BigDecimal scaled = BigDecimal.valueOf(count, UNITS.get(unit.substring(0, 1)));
    return scaled.setScale(0, RoundingMode.HALF_UP) + " " + unit;
  }

  @ParameterizedTest
  @CsvSource({
    // 3,857,973,248 multiplications, and one for each of the 10,587,136 numbers that a batch norm's
    // Scale layer takes; flopco prints twice those, and 49: 3,879,147,569.
    "resnet50(stride_in_1x1=true), 3868560384",
    // Without batch norms only the multiplications are left.
    "vgg16, 15470264320",
    "alexnet, 714188480"
  })
  void netscope_countsScaleLayersBesideMultiplications(String model, long expected) {
    Convention netscope = PUBLISHED.find("netscope");
    Network network = Zoo.build(model);
    assertThat(netscope.counter(network).total(network.forward(netscope.mode())))
        .isEqualTo(expected);
  }

  @Test
  void mmpretrain_leavesOutTheHead() {
    Convention mmpretrain = PUBLISHED.find("mmpretrain");
    Network network = Zoo.build("resnet50");
    // Exact in several repositories' tables of feature extractors: ResNet-50 without its
    // classifier.
    assertThat(mmpretrain.counter(network).total(network.forward(mmpretrain.mode())))
        .isEqualTo(4_109_464_576L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mobilenet_v3_small | TypeError: Unknown layer type: <class 'torch.nn.modules.activation.Hardswish'>",
        "vit_b_16           | AssertionError"
      })
  void imgclsmob_failsWhereItsToolDoes(String model, String message) {
    Convention imgclsmob = PUBLISHED.find("imgclsmob");
    Network network = Zoo.build(model);
    Counter counter = imgclsmob.counter(network);
    ForwardPass pass = network.forward(imgclsmob.mode());
    assertThatThrownBy(() -> counter.total(pass))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage(message);
  }

  @Test
  void imgclsmob_takesTheWholeInputOfAPooling_whereAsked() {
    Network network = Zoo.build("alexnet");
    ForwardPass pass = network.forward(PUBLISHED.find("imgclsmob").mode());
    long window = PUBLISHED.find("imgclsmob").counter(network).total(pass);
    long input = PUBLISHED.find("imgclsmob(pool=input)").counter(network).total(pass);
    // 256 x 6 x 6 outputs of 36 inputs each instead of one.
    assertThat(input - window).isEqualTo(256L * 36 * 35);
  }

  @Test
  void flopco_looksNeitherAtTheBatchNorAtGroups() {
    Convention flopco = PUBLISHED.find("flopco");
    Network network = Zoo.build("resnet50");
    long one = flopco.counter(network).total(network.forward(flopco.mode()));
    ForwardPass eight = network.forward(flopco.mode(), network.input().at(8));
    assertThat(flopco.counter(network).total(eight)).isEqualTo(one);
  }
}
