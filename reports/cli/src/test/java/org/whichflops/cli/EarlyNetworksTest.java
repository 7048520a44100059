package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class EarlyNetworksTest {
  @Test
  void networkThatAnArgumentNames_isThereOnce() {
    EarlyNetworks early =
        EarlyNetworks.of("compare", "resnet18", "mobilenet_v2(width_mult=0.5)", "-c", "thop");
    assertThat(Objects.requireNonNull(early.take("resnet18")).parameters()).isEqualTo(11_689_512);
    assertThat(early.take("resnet18")).isNull();
    assertThat(Objects.requireNonNull(early.take("mobilenet_v2(width_mult=0.5)")).name())
        .isEqualTo("mobilenet_v2(width_mult=0.5)");
  }

  /** Whoever asks for it builds it, and is told what is wrong. */
  @Test
  void whatIsNoNetwork_isNotThere() {
    EarlyNetworks early =
        EarlyNetworks.of("compare", "resnet19", "resnet18(depth=3)", "alexnet.json", "--batch");
    assertThat(early.take("resnet19")).isNull();
    assertThat(early.take("resnet18(depth=3)")).isNull();
    assertThat(early.take("alexnet.json")).isNull();
    assertThat(early.take("--batch")).isNull();
    assertThat(early.take("compare")).isNull();
    assertThat(EarlyNetworks.NONE.take("resnet18")).isNull();
  }
}
