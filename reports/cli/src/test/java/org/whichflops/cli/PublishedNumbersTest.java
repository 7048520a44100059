package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Conventions;
import org.whichflops.report.identify.PrintedNumber;
import org.whichflops.report.papers.Finding;
import org.whichflops.report.papers.PublishedNumber;
import org.whichflops.report.papers.PublishedNumbers;
import org.whichflops.report.papers.Reproduction;
import org.whichflops.zoo.Zoo;

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

  /** A name that the zoo has too is not left without a word on why it is another network. */
  @Test
  void everyOpenNumber_isOfNoNetworkThatTheZooHasByName() {
    Set<String> zoo =
        Zoo.architectures().stream().map(a -> plain(a.name())).collect(Collectors.toSet());
    assertThat(NUMBERS)
        .map(REPRODUCTION::of)
        .filteredOn(finding -> finding.state() == Finding.State.OPEN)
        .extracting(finding -> finding.number().network())
        .noneMatch(network -> zoo.contains(plain(network)));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9+]", "");
  }

  /** At least 400 of those that were read where they are said to stand. */
  @Test
  void mostVerifiedNumbers_areReproducedAtTheirPrecision() {
    assertThat(NUMBERS)
        .filteredOn(PublishedNumber::verified)
        .map(REPRODUCTION::of)
        .filteredOn(finding -> finding.state() == Finding.State.REPRODUCED)
        .hasSizeGreaterThanOrEqualTo(400);
  }

  /** Every network added and every convention mended changes these; nothing else may. */
  @ParameterizedTest
  @CsvSource({"REPRODUCED, 414", "EXPLAINED, 142", "OPEN, 124"})
  void numbers_areReproducedExplainedOrOpen(Finding.State state, int count) {
    assertThat(NUMBERS)
        .map(REPRODUCTION::of)
        .filteredOn(finding -> finding.state() == state)
        .hasSize(count);
  }

  /** The digits that were printed, against the count rounded or cut off here and now. */
  @Test
  void everyReproducedNumber_printsItsCountInItsDigits() {
    assertThat(NUMBERS)
        .map(REPRODUCTION::of)
        .filteredOn(finding -> finding.state() == Finding.State.REPRODUCED)
        .allSatisfy(
            finding -> {
              PrintedNumber claim = Objects.requireNonNull(finding.number().claim());
              BigDecimal counted =
                  BigDecimal.valueOf(finding.value())
                      .multiply(finding.number().times())
                      .divide(claim.unit());
              assertThat(
                      List.of(
                          counted.setScale(claim.digits().scale(), RoundingMode.HALF_UP),
                          counted.setScale(claim.digits().scale(), RoundingMode.HALF_DOWN),
                          counted.setScale(claim.digits().scale(), RoundingMode.DOWN)))
                  .as(finding.number().id())
                  .contains(claim.digits());
            });
  }

  @Test
  void reproducedNumber_isOfNoConventionYoungerThanItsPaper() {
    assertThat(NUMBERS)
        .filteredOn(number -> number.printedIn() > 0 && number.printedIn() < 201801)
        .map(REPRODUCTION::of)
        .allSatisfy(
            finding ->
                assertThat(finding.conventions())
                    .isSubsetOf(
                        "params",
                        "mac",
                        "2mac",
                        "exact",
                        "arithmetic",
                        "molchanov",
                        "netscope",
                        "convnet-burden"));
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
    "hr-hrnet-w18-c-224-gflops, mac, 4283537072",
    "se-se-resnet-50-224-gflops, netscope, 3876594688",
    "reg-regnety-8-0gf-224-flops-b, mac, 7963057312",
    "mb3-t9-large-224-0-75, mac, 154560624",
    "yolo2-yolov2-voc-416-default-not-in-the-table-flops, 2mac, 34898126848",
    "gpt3-gpt-3-175b-2048-ctx-total-train-compute-flops, params, 174604259328",
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
