package org.whichflops.convention.torchinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;

/** Summaries of models in which torchinfo's list of rows goes astray, as torchinfo printed them. */
class HandmadeStyleTest {
  private static String print(String style, Module root, long... input) throws IOException {
    SummaryStyle found =
        new TorchinfoFamily()
            .styles().stream().filter(s -> s.id().equals(style)).findFirst().orElseThrow();
    Network network = new Network("model", root, InputSize.fixed(input));
    StringBuilder text = new StringBuilder();
    found.print(network, network.forward(found.mode()), text);
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "torchinfo, TwoParents",
    "torchinfo, Lists",
    "torchinfo, Tied",
    "torchinfo, PartlyFrozen",
    "torchinfo-master, TwoParents",
    "torchinfo-master, Lists",
    "torchinfo-master, Tied",
    "torchinfo-master, PartlyFrozen"
  })
  void text_ofASharedRepeatedOrFrozenModule_isWhatTheToolPrints(String id, String model)
      throws IOException {
    assertThat(print(id + "/depth5", HandmadeModels.of(model), 2, 6, 16, 16))
        .isEqualTo(recorded(id, model));
  }

  private static String recorded(String id, String model) throws IOException {
    String file = "handmade/" + id + "/" + model + ".txt.gz";
    try (InputStream raw =
        Objects.requireNonNull(HandmadeStyleTest.class.getResourceAsStream(file), file)) {
      return new String(new GZIPInputStream(raw).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void text_ofANameThatWouldMoveTheCursor_hasItReplaced() throws IOException {
    Module hostile = new Linear(2, 2).as(ModuleType.of("net.\033[2JBad\nLinear"));
    assertThat(print("torchinfo", hostile, 1, 2))
        .contains("\uFFFD[2JBad\uFFFDLinear")
        .doesNotContain("\033");
  }
}
