package org.whichflops.format.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/** The examples in the documentation are read, and are what they say. */
class ExamplesTest {
  private static final Path DOCS = Path.of("..", "..", "docs");

  @ParameterizedTest
  @CsvSource({
    // 3*16*9+16, then cin*cout*9 + cout*cout*9 + 4*cout + cin*cout + cout thrice, then 128*10+10
    "small_resnet.json, 1x10, 303914",
    // token 384, four blocks of 12*384^2 + 13*384, head 384*1000+1000
    "transformer_block.json, 1x1000, 7483240",
    // mobilenet_v2 3504872 with 1280*256+256 for 1280*1000+1000, then 256*12+12
    "backbone.json, 1x12, 2554892"
  })
  void example_hasTheseSizes(String file, String output, long parameters) throws IOException {
    Network network =
        DescriptionTest.read(Files.readString(DOCS.resolve("examples").resolve(file)));
    assertThat(network.forward(Mode.DECOMPOSED).call(0).output(0).shape().toString())
        .isEqualTo(output);
    assertThat(network.parameters()).isEqualTo(parameters);
  }

  /** The page's example is the file's, so that what people copy works. */
  @ParameterizedTest
  @CsvSource("small_resnet.json")
  void page_showsTheExample(String file) throws IOException {
    String page = Files.readString(DOCS.resolve("description.md"));
    String json = page.substring(page.indexOf("```json") + 7);
    Network shown = DescriptionTest.read(json.substring(0, json.indexOf("```")));
    Network example =
        DescriptionTest.read(Files.readString(DOCS.resolve("examples").resolve(file)));
    assertThat(shown.parameters()).isEqualTo(example.parameters());
  }
}
