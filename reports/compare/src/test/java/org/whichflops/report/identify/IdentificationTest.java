package org.whichflops.report.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.zoo.Zoo;

/** Numbers whose meaning is known from the papers and the tools' own texts. */
class IdentificationTest {
  private static final List<Convention> ALL = List.copyOf(Conventions.installed().all());

  private static Identification ofModel(String claim, String model) {
    return Identification.ofModel(PrintedNumber.parse(claim), model, Zoo.build(model), ALL);
  }

  @Test
  void threePointEightGiga_ofResNet50_isTheNetworkThatStridesInTheFirst1x1() {
    Candidate first = ofModel("3.8G", "resnet50").candidates().get(0);
    assertThat(first.model()).isEqualTo("resnet50(stride_in_1x1=true)");
    assertThat(first.convention()).isEqualTo("mac");
    assertThat(first.value()).isEqualTo(3_857_973_248L);
    assertThat(first.matches()).isEqualTo("truncated; stride_in_1x1=true");
  }

  /** A factor of two is asked about more often than a batch of two, and is the same number. */
  @Test
  void twiceTheCount_isToldAsAFactorAndNotAsABatch() {
    Candidate first = ofModel("8.2675G", "resnet50").candidates().get(0);
    assertThat(first.batch()).isEqualTo(1);
    assertThat(first.value()).isEqualTo(4_133_742_592L);
    assertThat(first.matches()).isEqualTo("rounded; twice the count, or a batch of 2");
  }

  /** calflops' README sets a batch of 1 and shows three times AlexNet's count. */
  @Test
  void threeTimesTheCount_isABatchOfThree() {
    Candidate first = ofModel("2.1426 GMACs", "alexnet").candidates().get(0);
    assertThat(first.batch()).isEqualTo(3);
    assertThat(first.convention()).isEqualTo("mac");
  }

  /** PAPER_NUMBERS: VGG-16's 15.3 leaves the linear layers out; of these one is the last. */
  @Test
  void countWithoutClassifier_isFoundWhereTheWholeIsNot() {
    Identification found = ofModel("4.0871G", "resnet50");
    assertThat(found.candidates())
        .anySatisfy(
            candidate -> {
              assertThat(candidate.convention()).isEqualTo("mac");
              assertThat(candidate.value()).isEqualTo(4_089_184_256L - 2_048_000L);
              assertThat(candidate.matches()).isEqualTo("rounded; without the last layer");
            });
  }

  /** HRNet's authors print 8.31 GFLOPs for 8.92e9 multiply-accumulates. */
  @Test
  void prefixesOf1024_areTriedLast() {
    assertThat(ofModel("8.31G", "hrnet_w32").candidates())
        .anySatisfy(
            candidate -> {
              assertThat(candidate.slip()).isEqualTo(Slip.BINARY);
              assertThat(candidate.convention()).isEqualTo("mac");
              assertThat(candidate.value()).isEqualTo(8_921_133_056L);
            });
  }

  @Test
  void exactInteger_overTheWholeZoo_isThopsResNet50() {
    Identification found =
        Identification.inZoo(
            PrintedNumber.parse("4133742592"), ALL, ZooCounts.count(Zoo.architectures(), ALL));
    assertThat(found.found()).isTrue();
    assertThat(found.candidates())
        .first()
        .satisfies(
            candidate -> {
              assertThat(candidate.model()).isEqualTo("resnet50");
              assertThat(candidate.convention()).isEqualTo("thop");
              assertThat(candidate.matches()).isEqualTo("exact");
            });
  }

  @Test
  void numberThatNothingPrints_hasTheNearestAndSaysSo() {
    Identification found = ofModel("4089184257", "resnet50");
    assertThat(found.found()).isFalse();
    assertThat(found.candidates().get(0).value()).isEqualTo(4_089_184_256L);
    assertThat(found.candidates().get(0).matches()).startsWith("near");
  }
}
