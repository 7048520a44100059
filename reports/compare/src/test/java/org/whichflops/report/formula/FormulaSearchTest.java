package org.whichflops.report.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Resolution;
import org.whichflops.zoo.Zoo;

class FormulaSearchTest {
  private static final Conventions INSTALLED = Conventions.installed();

  private static ClosedForm form(Network network, String convention) {
    return FormulaSearch.of(Subject.of(network, null, null), INSTALLED.find(convention));
  }

  private static Rational fraction(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  @Test
  void convolution_hasTheFormulaOfThePapers() {
    // K^2 C_in C_out products an output, one output a pixel: 9 x 3 x 16 = 432; C_out more for a
    // bias, which ptflops adds and mac does not.
    Network same =
        new Network(
            "conv", Conv.conv2d(3, 16, 3).padding(1), InputSize.of(shape(1, 3, 8, 8), true));
    assertThat(Notation.text(form(same, "mac").polynomial())).isEqualTo("432 N H W");
    assertThat(Notation.text(form(same, "ptflops").polynomial())).isEqualTo("448 H W");
    assertThat(form(same, "mac").domain()).isEqualTo("N and H and W >= 1");
  }

  @Test
  void convolutionWithoutPadding_losesItsBorder() {
    // (H - 4) (W - 4) outputs of 25 x 2 x 7 = 350 products each.
    Network valid =
        new Network("conv", Conv.conv2d(2, 7, 5), InputSize.of(shape(1, 2, 20, 20), true));
    ClosedForm form = form(valid, "mac");
    assertThat(Notation.text(form.polynomial()))
        .isEqualTo("N (350 H W - 1,400 H - 1,400 W + 5,600)");
    assertThat(form.domain()).isEqualTo("N >= 1; H and W >= 5");
  }

  @Test
  void stridedConvolution_holdsForItsRemainderOnly() {
    // floor((H - 1) / 3) + 1 outputs: (H + 1) / 3 where H is 2 more than a multiple of 3.
    Network strided =
        new Network(
            "conv",
            Conv.conv2d(1, 1, 3).stride(3).padding(1),
            InputSize.of(shape(1, 1, 32, 32), true));
    ClosedForm form = form(strided, "mac");
    assertThat(Notation.text(form.polynomial())).isEqualTo("N (H W + H + W + 1)");
    assertThat(form.domain()).isEqualTo("N >= 1; H and W each 2 more than a multiple of 3, >= 2");
    assertThat(Notation.text(form.inSteps())).isEqualTo("N (9 h w + 9 h + 9 w + 9)");
  }

  private static Shape shape(long... sizes) {
    return Shape.of(sizes);
  }

  /** Table 2 of the paper: expansion, channels, blocks and first stride; sizes divide by 32. */
  @Test
  void mobileNetV2_hasTheMultiplyAccumulatesOfItsTable() {
    int[][] table = {
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    long stride = 2;
    long in = 32;
    Rational perPixel = fraction(9 * 3 * in, stride * stride);
    for (int[] row : table) {
      for (int block = 0; block < row[2]; block++) {
        long wide = in * row[0];
        long inside = stride * stride;
        stride *= block == 0 ? row[3] : 1;
        long outside = stride * stride;
        perPixel = perPixel.plus(row[0] == 1 ? Rational.ZERO : fraction(in * wide, inside));
        perPixel = perPixel.plus(fraction(9 * wide + wide * row[1], outside));
        in = row[1];
      }
    }
    perPixel = perPixel.plus(fraction(in * 1280, stride * stride));
    ClosedForm form = form(Zoo.build("mobilenet_v2"), "mac");
    assertThat(form.polynomial().terms())
        .containsExactly(
            new Polynomial.Monomial(List.of(1, 1, 1), perPixel),
            new Polynomial.Monomial(List.of(1, 0, 0), Rational.of(1280 * 1000)));
    assertThat(form.domain()).isEqualTo("N >= 1; H and W each a multiple of 32, >= 32");
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2,mac",
    "mobilenet_v2,ptflops",
    "mobilenet_v2,arithmetic",
    "resnet50,thop",
    "vgg16,ptflops",
    "alexnet,arithmetic",
    "inception_v3,mac",
    "efficientnet_b1,thop",
    "densenet121,mac",
    "swin_t,mac",
    "swin_t,arithmetic",
    "convnext_tiny,ptflops",
    "deeplabv3_resnet50,mac",
    "unet,mac",
    "vit_b_16,ptflops",
    "gpt2,mac",
    "cifar_resnet20,thop"
  })
  void polynomial_atRandomSizesOfItsDomain_isTheCount(String model, String id) {
    Network network = Zoo.build(model);
    Convention convention = INSTALLED.find(id);
    Subject subject = Subject.of(network, null, null);
    ClosedForm form = FormulaSearch.of(subject, convention);
    assertThat(form.ranges()).isNotEmpty();
    Counts counts = new Counts(subject, convention);
    SplittableRandom random = new SplittableRandom(7);
    for (int n = 0; n < 50; n++) {
      List<BigInteger> point = new ArrayList<>();
      long[] sizes = subject.own();
      for (Range range : form.ranges()) {
        long last = range.most() == 0 ? range.least() + 40 * range.period() : range.most();
        long value =
            range.least()
                + random.nextLong((last - range.least()) / range.period() + 1) * range.period();
        point.add(BigInteger.valueOf(value));
        sizes[subject.symbols().indexOf(range.symbol())] = value;
      }
      assertThat(form.at(point)).as("at %s", point).isEqualTo(counts.at(sizes).value());
    }
  }

  @ParameterizedTest
  @CsvSource({"resnet50,mac", "resnet50,thop", "vit_b_16,mac", "swin_t,arithmetic"})
  void everyTermOfAToolThatCountsTheBatch_isLinearInIt(String model, String id) {
    ClosedForm form = form(Zoo.build(model), id);
    assertThat(form.symbols()).startsWith("N");
    assertThat(form.polynomial().terms())
        .allSatisfy(term -> assertThat(term.exponents().get(0)).isLessThanOrEqualTo(1));
  }

  @Test
  void ptflops_ofOneImageOfABatch_hasTermsWithoutTheBatch() {
    // Modules are averaged over the batch; F.adaptive_avg_pool2d of 1280 x H/32 x W/32 is not.
    ClosedForm form = form(Zoo.build("mobilenet_v2"), "ptflops");
    assertThat(form.polynomial().terms().get(0))
        .isEqualTo(new Polynomial.Monomial(List.of(1, 1, 1), fraction(1280, 32 * 32)));
    assertThat(form.polynomial().terms().get(1).exponents()).isEqualTo(List.of(0, 1, 1));
  }

  @Test
  void averageOverABatchThatLeavesARemainder_holdsTheBatch() {
    // ptflops counts an nn.Upsample by its first image and divides that by the batch, too.
    ClosedForm form = form(Zoo.build("hrnet_w18"), "ptflops");
    assertThat(form.symbols()).containsExactly("H", "W");
    assertThat(form.held()).containsExactly("N = 1: no polynomial in N was found");
  }

  @Test
  void fixedSize_leavesTheBatchFree() {
    ClosedForm form = form(Zoo.build("vit_b_16"), "mac");
    assertThat(Notation.text(form.polynomial())).isEqualTo("17,563,828,224 N");
    assertThat(form.held())
        .containsExactly(
            "H = 224: the network takes no other", "W = 224: the network takes no other");
  }

  @Test
  void networkOfSquaresOnly_hasTheirSide() {
    InputSize squares =
        new InputSize() {
          @Override
          public Shape shape() {
            return Shape.of(1, 3, 8, 8);
          }

          @Override
          public boolean hasResolution() {
            return true;
          }

          @Override
          public long height() {
            return 8;
          }

          @Override
          public long width() {
            return 8;
          }

          @Override
          public Shape at(long batch) {
            return at(batch, 8, 8);
          }

          @Override
          public Shape at(long batch, long height, long width) {
            if (height != width) {
              throw new IllegalArgumentException("squares only");
            }
            return Shape.of(batch, 3, height, width);
          }
        };
    ClosedForm form = form(new Network("conv", Conv.conv2d(3, 16, 3).padding(1), squares), "mac");
    assertThat(Notation.text(form.polynomial())).isEqualTo("432 N S^2");
    assertThat(form.held()).containsExactly("H = W = S: the network takes squares only");
  }

  @Test
  void attention_isQuadraticInTheLength_upToTheLastPosition() {
    // Of GPT-2's 12 layers: 2 x 768 T^2 for the scores and the sums, 12 x 768^2 T for the weights;
    // 50257 x 768 T for the vocabulary.
    ClosedForm form = form(Zoo.build("gpt2"), "mac");
    long perToken = 12L * 12 * 768 * 768 + 50257L * 768;
    assertThat(form.polynomial().terms())
        .containsExactly(
            new Polynomial.Monomial(List.of(1, 2), Rational.of(12 * 2 * 768)),
            new Polynomial.Monomial(List.of(1, 1), Rational.of(perToken)));
    assertThat(form.domain()).isEqualTo("N >= 1; T from 1 to 1024");
    assertThat(form.at(List.of(BigInteger.TWO, BigInteger.valueOf(512))))
        .isEqualTo(form(Zoo.build("gpt2(seq_len=512)"), "mac").total().shiftLeft(1));
  }

  @Test
  void windows_setTheStep() {
    // Windows of 7 x 7 over an input of 1/32: 224 is the first size that pads none of them.
    assertThat(form(Zoo.build("swin_t"), "mac").domain())
        .isEqualTo("N >= 1; H and W each a multiple of 224, >= 224");
  }

  @Test
  void binsOfAnAdaptivePool_setTheStepOfACountThatSeesThem() {
    // AlexNet pools to 6 x 6 over 1/32 of the input; mac does not see that and has its stride.
    assertThat(form(Zoo.build("alexnet"), "arithmetic").ranges().get(1).period()).isEqualTo(192);
    assertThat(form(Zoo.build("alexnet"), "mac").ranges().get(1).period()).isEqualTo(16);
  }

  @Test
  void sizesTooLargeToCount_haveTheirPolynomialsValue() {
    Subject huge =
        Subject.of(
            Zoo.build("vgg16"), 1_000_000_000_000_000L, new Resolution(3_200_000, 3_200_000));
    ClosedForm form = FormulaSearch.of(huge, INSTALLED.find("mac"));
    // A pixel's products, layer by layer, and those of the three linear layers.
    long conv =
        9L * (3 * 64 + 64 * 64) * 64
            + 9L * (64 * 128 + 128 * 128) * 16
            + 9L * (128 * 256 + 2 * 256 * 256) * 4
            + 9L * (256 * 512 + 2 * 512 * 512)
            + 9L * (3 * 512 * 512) / 4;
    BigInteger pixels = BigInteger.valueOf(3_200_000).pow(2);
    BigInteger expected =
        pixels
            .multiply(BigInteger.valueOf(conv))
            .divide(BigInteger.valueOf(64))
            .add(BigInteger.valueOf(25088L * 4096 + 4096 * 4096 + 4096 * 1000))
            .multiply(BigInteger.valueOf(1_000_000_000_000_000L));
    assertThat(form.isCounted()).isFalse();
    assertThat(form.total()).isEqualTo(expected).isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
  }

  @Test
  void value_outsideTheDomain_isRefused() {
    ClosedForm form = form(Zoo.build("resnet18"), "mac");
    BigInteger side = BigInteger.valueOf(225);
    assertThatThrownBy(() -> form.at(List.of(BigInteger.ONE, side, side)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("H and W each a multiple of 32, >= 32");
  }

  @Test
  void sizeThatTheNetworkRefuses_isRefused() {
    Network network = Zoo.build("vit_b_16");
    assertThatThrownBy(() -> Subject.of(network, null, new Resolution(225, 225)))
        .hasMessage("the network takes 224x224 only, not 225x225");
  }
}
