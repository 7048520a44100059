package org.whichflops.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.Unit;
import org.whichflops.zoo.Zoo;

class ComparisonTableTest {
  private static List<Convention> conventions(String... ids) {
    Conventions installed = Conventions.installed();
    return Stream.of(ids).map(installed::find).toList();
  }

  private static String csv(Sweep sweep, boolean longForm) throws IOException {
    StringWriter out = new StringWriter();
    var writer = Format.CSV.writer(out, Unit.AUTO);
    (longForm
            ? ComparisonTable.longForm(writer)
            : ComparisonTable.wide(writer, sweep.conventions()))
        .write(sweep);
    return out.toString();
  }

  private static Sweep sweep(List<String> models, List<Long> batches, List<Resolution> sizes) {
    return new Sweep(
        models.stream().map(Zoo::build).toList(), batches, sizes, conventions("mac", "thop"));
  }

  @Test
  void wide_hasOneColumnAConvention() throws IOException {
    // thop's numbers: recorded from thop 0.1.1; mac: torchvision's published 0.301 GFLOPS.
    assertThat(
            csv(
                sweep(List.of("mobilenet_v2"), List.of(1L), List.of(new Resolution(224, 224))),
                false))
        .isEqualTo(
            """
            model,batch,height,width,params,mac,thop,note
            mobilenet_v2,1,224,224,3504872,300774272,327486720,
            """);
  }

  @Test
  void long_hasOneRowAConvention() throws IOException {
    assertThat(csv(sweep(List.of("alexnet"), List.of(2L), List.of()), true))
        .isEqualTo(
            """
            model,batch,height,width,convention,tool,tool_version,quantity,value,params,note
            alexnet,2,224,224,mac,formula,,MACs,1428376960,61100840,
            alexnet,2,224,224,thop,thop,0.1.1,MACs,1428413824,61100840,
            """);
  }

  @Test
  void model_isWhatWasTyped_withOptionsInCanonicalOrder() throws IOException {
    assertThat(
            csv(
                sweep(
                    List.of("mobilenet_v2( num_classes=10 , width_mult=0.5)"),
                    List.of(),
                    List.of()),
                false))
        .contains("\n\"mobilenet_v2(width_mult=0.5,num_classes=10)\",1,224,224,");
  }

  @Test
  void inputThatCannotRun_keepsItsRow_withTheReasonInNote() throws IOException {
    assertThat(
            csv(
                sweep(
                    List.of("alexnet"),
                    List.of(),
                    List.of(new Resolution(32, 32), new Resolution(224, 224))),
                false))
        .contains("\nalexnet,1,32,32,61100840,,,")
        .contains("features.12 (MaxPool2d)")
        .contains("\nalexnet,1,224,224,61100840,714188480,714206912,\n");
  }

  @Test
  void nothingThatCanRun_isRefused_andNothingIsWritten() {
    StringWriter out = new StringWriter();
    Sweep sweep = sweep(List.of("alexnet"), List.of(), List.of(new Resolution(32, 32)));
    assertThatThrownBy(
            () -> ComparisonTable.longForm(Format.CSV.writer(out, Unit.AUTO)).write(sweep))
        .isInstanceOf(NothingCountedException.class)
        .hasMessageContaining("alexnet")
        .hasMessageContaining("features.12")
        .hasMessageContaining("1x256x1x1");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void countPastLong_isRefusedByName() throws IOException {
    // 714188480 x 10^10 is 7.1e18 and fits; 10^11 does not.
    assertThat(
            csv(
                sweep(List.of("alexnet"), List.of(10_000_000_000L, 100_000_000_000L), List.of()),
                false))
        .contains("\nalexnet,10000000000,224,224,61100840,7141884800000000000,")
        .contains("\nalexnet,100000000000,224,224,61100840,,,")
        .contains("2^63 - 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 32, 1000})
  void counts_areLinearInTheBatch_underThop(long batch) throws IOException {
    Sweep one = sweep(List.of("resnet18"), List.of(1L), List.of());
    Sweep many = sweep(List.of("resnet18"), List.of(batch), List.of());
    long[] single = new long[2];
    one.run(point -> single[1] = point.value(1));
    many.run(point -> assertThat(point.value(1)).isEqualTo(batch * single[1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "224x", "x224", "-1", "224x0", "abc", "", "1e3", "224x224x3"})
  void resolution_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Resolution.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("192x256");
  }

  @Test
  void resolution_isHeightByWidth() {
    assertThat(Resolution.parse("192x256")).isEqualTo(new Resolution(192, 256));
    assertThat(Resolution.parse("224")).isEqualTo(new Resolution(224, 224));
  }
}
