package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.custom.ConventionFiles;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.zoo.Zoo;

/** What holds for all conventions that are installed. */
class EveryConventionTest {
  private static final Conventions INSTALLED = Conventions.installed();
  private static final Map<String, Network> NETWORKS = new ConcurrentHashMap<>();
  private static final List<String> MODELS =
      List.of(
          "alexnet",
          "resnet18",
          "mobilenet_v3_small",
          "googlenet",
          "efficientnet_b0",
          "shufflenet_v2_x0_5",
          "vit_b_16",
          "swin_t",
          "convnext_tiny",
          "lraspp_mobilenet_v3_large",
          "r3d_18",
          "gpt2");

  static Stream<Convention> conventions() {
    return INSTALLED.all().stream();
  }

  /** A family is asked only for the ids that it says it may have. */
  @ParameterizedTest
  @MethodSource("conventions")
  void convention_isFoundByItsId(Convention convention) {
    assertThat(INSTALLED.find(convention.about().id())).isSameAs(convention);
  }

  @ParameterizedTest
  @MethodSource("conventions")
  void convention_writtenAsAFileAndReadBack_countsTheSame(Convention original) throws IOException {
    StringWriter text = new StringWriter();
    ConventionFiles.write(original, text);
    Convention copy =
        ConventionFiles.read(
            "copy.json",
            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
            INSTALLED);
    assertThat(copy.about()).isEqualTo(original.about());
    for (String model : MODELS) {
      Network network = NETWORKS.computeIfAbsent(model, Zoo::build);
      ForwardPass pass = network.forward(original.mode(), network.input().at(2));
      assertThat(results(copy, network, pass))
          .as(model)
          .isEqualTo(results(original, network, pass));
    }
  }

  private static List<Object> results(Convention convention, Network network, ForwardPass pass) {
    try {
      Counter counter = convention.counter(network);
      return List.of(counter.total(pass), counter.parameters(pass));
    } catch (ToolFailureException e) {
      return List.of("fails", String.valueOf(e.getMessage()));
    }
  }
}
