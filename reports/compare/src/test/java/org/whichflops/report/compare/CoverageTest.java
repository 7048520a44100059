package org.whichflops.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

class CoverageTest {
  private static final Conventions INSTALLED = Conventions.installed();
  private static final Convention MAC = INSTALLED.find("mac");

  private static Coverage coverage(String model, String convention) {
    Network network = Zoo.build(model);
    return Objects.requireNonNull(
        Coverage.of(network, network.input().shape(), INSTALLED.find(convention), MAC));
  }

  @Test
  void modulesThatNoRuleSees_areNamedOnce_withWhatTheyAreWorth() {
    Coverage thop = coverage("vit_b_16", "thop");
    // 197 tokens of 768: four projections, and two products of 197 by 197, in 12 layers.
    long attention = 12 * (4L * 197 * 768 * 768 + 2L * 197 * 197 * 768);
    assertThat(thop.macs()).isEqualTo(17_563_828_224L);
    assertThat(thop.seen()).isEqualTo(17_563_828_224L - attention);
    Coverage.Gap first = thop.gaps().get(0);
    assertThat(first.place()).isEqualTo("encoder.layers.encoder_layer_*.self_attention");
    assertThat(first.type()).isEqualTo("nn.MultiheadAttention");
    assertThat(first.layers()).isEqualTo(12);
    assertThat(first.seen()).isZero();
    assertThat(first.macs()).isEqualTo(attention);
    assertThat(thop.text(Long::toString))
        .startsWith(
            "11271124992 of 17563828224 MACs seen; encoder.layers.encoder_layer_*.self_attention "
                + "nn.MultiheadAttention: 0 of 6292703232 MACs seen; ");
  }

  @Test
  void operatorsThatNoRuleSees_areNamedByTheLayerTheyBelongTo() {
    List<Coverage.Gap> gaps = coverage("resnet18", "mac").gaps();
    assertThat(gaps).allSatisfy(gap -> assertThat(gap.macs()).isZero());
    // The first of 64 x 112 x 112, then four in each stage: two blocks that call theirs twice.
    assertThat(gaps)
        .filteredOn(gap -> gap.type().equals("nn.ReLU"))
        .extracting(Coverage.Gap::operations)
        .containsExactlyInAnyOrder(64L * 112 * 112, 4L * (200704 + 100352 + 50176 + 25088));
  }

  @ParameterizedTest
  @CsvSource({
    "vit_b_16, ptflops",
    // One fused operator inside the module that is seen.
    "vit_b_16, ptflops(grad=false)",
    "vit_b_16, arithmetic",
    "resnet18, thop",
    "mobilenet_v2, mac"
  })
  void everyProductIsSeen_whereARuleSeesTheCallOrWhatIsAroundIt(String model, String convention) {
    Coverage coverage = coverage(model, convention);
    assertThat(coverage.seen()).isEqualTo(coverage.macs()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"thop", "ptflops", "mac"})
  void containers_neverAppear(String convention) {
    assertThat(coverage("swin_t", convention).gaps())
        .extracting(Coverage.Gap::type)
        .doesNotContain("nn.Sequential", "nn.ModuleList")
        .noneMatch(type -> type.endsWith("SwinTransformerBlock"));
  }

  @Test
  void partOfALayer_isSeenInPart() {
    // Of a window attention ptflops sees matmul, which is patched, and not F.linear.
    Coverage ptflops = coverage("swin_t", "ptflops");
    assertThat(ptflops.gaps().get(0).type()).endsWith("ShiftedWindowAttention");
    assertThat(ptflops.gaps().get(0).seen()).isPositive().isLessThan(ptflops.gaps().get(0).macs());
  }

  @Test
  void arithmetic_seesEverything() {
    assertThat(coverage("resnet18", "arithmetic").gaps()).isEmpty();
    assertThat(coverage("resnet18", "arithmetic").text(Long::toString))
        .isEqualTo("1814073344 of 1814073344 MACs seen");
  }
}
