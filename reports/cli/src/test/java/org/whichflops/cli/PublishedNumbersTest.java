package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Conventions;
import org.whichflops.report.papers.Finding;
import org.whichflops.report.papers.PublishedNumber;
import org.whichflops.report.papers.PublishedNumbers;
import org.whichflops.report.papers.Reproduction;

/** Published numbers, each with its source in papers.csv, against what comes out here. */
class PublishedNumbersTest {
  private static final List<PublishedNumber> NUMBERS = PublishedNumbers.all();
  private static final Reproduction REPRODUCTION =
      new Reproduction(List.copyOf(Conventions.installed().all()));

  @Test
  void everyNumber_whoseNetworkIsInTheZoo_isReproducedOrHasAReason() {
    assertThat(NUMBERS)
        .filteredOn(number -> !number.model().isEmpty())
        .map(REPRODUCTION::of)
        .noneMatch(finding -> finding.state() == Finding.State.OPEN);
  }

  @Test
  void numbersReproduced_areThreeHundredAtLeast() {
    assertThat(NUMBERS)
        .filteredOn(PublishedNumber::verified)
        .map(REPRODUCTION::of)
        .filteredOn(finding -> finding.state() == Finding.State.REPRODUCED)
        .hasSizeGreaterThanOrEqualTo(300);
  }

  /** What the papers mean, as PAPER_NUMBERS has it: He et al. truncate, MobileNets round. */
  @ParameterizedTest
  @CsvSource({
    "rn-50-layer-resnet-224-flops, mac, 3857973248",
    "rn-18-layer-resnet-224-flops, mac, 1814073344",
    "mb2-mobilenetv2-224-madds, mac, 300774272",
    "mb1-1-0-mobilenet-224-224-million-mult-adds, mac, 568740352",
    "yolo3-yolov3-416-416-flops, 2mac, 65864075264",
    "tv-alexnet-0-714, mac, 714188480",
    "wrn-resnet-50-224-params, params, 25557032",
  })
  void number_ofKnownMeaning_isReproducedByThatConventionFirst(
      String id, String convention, long value) {
    PublishedNumber number =
        NUMBERS.stream().filter(n -> n.id().equals(id)).findFirst().orElseThrow();
    Finding finding = REPRODUCTION.of(number);
    assertThat(finding.state()).isEqualTo(Finding.State.REPRODUCED);
    assertThat(finding.conventions()).startsWith(convention);
    assertThat(finding.value()).isEqualTo(value);
  }

  @Test
  void reason_ofAReproducedNumber_isNotShown() {
    assertThat(NUMBERS)
        .map(REPRODUCTION::of)
        .filteredOn(finding -> finding.state() == Finding.State.REPRODUCED)
        .allMatch(finding -> finding.reason().isEmpty());
  }
}
