package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void networkInAFile_isThereOnce(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(file, "{\"input\": [1, 8], \"modules\": [\"Linear(8, 4)\"]}");
    EarlyNetworks early = EarlyNetworks.of("compare", "" + file);
    assertThat(Objects.requireNonNull(early.take("" + file)).parameters()).isEqualTo(8 * 4 + 4);
    assertThat(early.take("" + file)).isNull();
  }

  @Test
  void fileThatIsNoNetwork_isReadAgainByWhoeverIsTold(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(file, "{\"input\": [1, 8]");
    EarlyNetworks early = EarlyNetworks.of("compare", "" + file, "" + folder, "-");
    assertThat(early.take("" + file)).isNull();
    assertThat(early.take("" + folder)).isNull();
    assertThat(early.take("-")).isNull();
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
