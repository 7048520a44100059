package org.whichflops.report.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.Unit;
import org.whichflops.zoo.Zoo;

/** Differences whose parts are known from the tools' recorded results and the papers' networks. */
class LedgerTest {
  private static final Conventions INSTALLED = Conventions.installed();

  private static Side side(String model, String convention, long batch) {
    Network network = Zoo.build(model);
    return Side.of(INSTALLED.find(convention), network, network.input().at(batch));
  }

  private static Ledger ledger(String model, String from, String to) {
    return Ledger.between(side(model, from, 1), side(model, to, 1));
  }

  private static List<Cause> differences(Ledger ledger) {
    return ledger.causes().stream().filter(cause -> cause.difference() != 0).toList();
  }

  @Test
  void causes_ofThopAgainstMultiplyAccumulates_areBatchNormAndPooling() {
    assertThat(differences(ledger("resnet50", "mac", "thop")))
        .extracting(Cause::text, Cause::kind, Cause::calls, Cause::difference)
        .containsExactly(
            tuple("batch norm not counted by mac", "nn.BatchNorm2d", 53L, 44_455_936L),
            tuple("pooling not counted by mac", "nn.AdaptiveAvgPool2d", 1L, 102_400L));
  }

  @Test
  void causes_ofOneConventionAgainstItself_areNone() {
    Ledger ledger = ledger("resnet50", "ptflops", "ptflops");
    assertThat(differences(ledger)).isEmpty();
    assertThat(ledger.fromTotal()).isEqualTo(4_132_436_968L);
  }

  @Test
  void factorTwo_betweenMacAnd2mac_isTheOneCause() {
    assertThat(differences(ledger("vgg16", "mac", "2mac")))
        .extracting(Cause::text)
        .containsOnly("factor two: 2mac counts a multiply-accumulate as two operations");
  }

  @Test
  void batchAverage_ofPtflops_isACauseOfItsOwn() {
    Ledger ledger = Ledger.between(side("resnet18", "mac", 8), side("resnet18", "ptflops", 8));
    assertThat(ledger.causes())
        .extracting(Cause::text)
        .contains("averaged over the batch (ptflops)");
    assertThat(ledger.toTotal()).isEqualTo(side("resnet18", "ptflops", 8).total());
  }

  @Test
  void attention_thatThopDoesNotSee_isNamed() {
    assertThat(differences(ledger("vit_b_16", "mac", "thop")))
        .extracting(Cause::text)
        .contains("attention not seen by thop");
  }

  @Test
  void networks_thatDifferInAStride_differInThreeConvolutions() {
    Ledger ledger =
        Ledger.between(network("resnet50", 224), network("resnet50(stride_in_1x1=true)", 224));
    assertThat(differences(ledger))
        .extracting(Cause::text, Cause::kind, Cause::calls, Cause::difference)
        .containsExactly(tuple("other output size", "nn.Conv2d", 3L, -231_211_008L));
  }

  @Test
  void networks_withLayersOfTheirOwn_haveThemListed() {
    Ledger ledger = Ledger.between(network("vgg11", 224), network("vgg13", 224));
    assertThat(ledger.causes())
        .extracting(Cause::text)
        .anyMatch(text -> text.startsWith("only in vgg13 at 1x3x224x224"));
    assertThat(ledger.fromTotal()).isEqualTo(7_609_090_048L);
    assertThat(ledger.toTotal()).isEqualTo(11_308_466_176L);
  }

  private static NetworkSide network(String model, long side) {
    Network network = Zoo.build(model);
    return NetworkSide.of(INSTALLED.find("mac"), network, network.input().at(1, side, side));
  }

  @Test
  void table_byLayer_hasTheLayersInOrderAndTheTotalLast() throws IOException {
    StringWriter out = new StringWriter();
    LedgerTable.write(
        ledger("alexnet", "mac", "thop"),
        LedgerTable.By.LAYER,
        Integer.MAX_VALUE,
        Format.CSV.writer(out, Unit.named("1")));
    assertThat(out.toString().lines())
        .startsWith(
            "layer,kind,calls,from,to,difference", "features.0,nn.Conv2d,1,70276800,70276800,0")
        .last()
        .asString()
        .startsWith("total,,")
        .endsWith(",714206912,18432");
  }

  @Test
  void table_ofTheLargest_addsUpTheRest() throws IOException {
    StringWriter out = new StringWriter();
    LedgerTable.write(
        ledger("mobilenet_v2", "mac", "ptflops"),
        LedgerTable.By.CAUSE,
        1,
        Format.CSV.writer(out, Unit.named("1")));
    assertThat(out.toString().lines()).hasSize(4).element(2).asString().startsWith("(5 smaller),,");
  }

  @Test
  void answer_ofADifference_tellsTotalsAndTheLargestCauses() {
    assertThat(Answer.of("resnet50", ledger("resnet50", "mac", "thop")))
        .isEqualTo(
            "resnet50: mac counts 4,089,184,256 and thop 4,133,742,592: 44,558,336 more (1.09 %). "
                + "That is +44,455,936: batch norm not counted by mac and +102,400: pooling not "
                + "counted by mac.");
  }
}
