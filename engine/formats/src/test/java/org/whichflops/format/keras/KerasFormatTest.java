package org.whichflops.format.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFiles;

class KerasFormatTest {
  private static final String INPUT =
      "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,8,8,3],\"name\":\"in\"}}";

  /** ResNet-50 with its stride in the first 1x1 convolution: 3,857,973,248 multiplications. */
  @ParameterizedTest
  @CsvSource({
    "resnet50.keras, 3857973248", // He et al. 2015, table 1: 3.8 billion
    "mobilenet_v2.keras, 300774272", // Sandler et al. 2018, table 4: 300M
    "densenet121.keras, 2834161664" // 2 a multiply-accumulate make the profiler's Conv2D + MatMul
  })
  void multiplications_ofPublishedNetworks_areThePapers(String file, long expected)
      throws IOException {
    ForwardPass pass = KerasGoldenTest.read(file).forward(Mode.DECOMPOSED);
    long products = 0;
    for (int i = 0; i < pass.size(); i++) {
      String key = pass.call(i).callee().key();
      if (key.equals("aten.convolution") || key.equals("aten.addmm")) {
        products += pass.call(i).arithmetic(Label.MULTIPLICATION);
      }
    }
    assertThat(products).isEqualTo(expected);
  }

  @Test
  void bareJson_isTheSameModelAsTheZip() throws IOException {
    Network json = KerasGoldenTest.read("seq_cnn.json");
    Network zip = KerasGoldenTest.read("seq_cnn.keras");
    assertThat(json.parameters()).isEqualTo(zip.parameters());
    assertThat(json.modules()).hasSameSizeAs(zip.modules());
  }

  @Test
  void openSizes_areSaid_andTakeAnyResolution() throws IOException {
    Network network = KerasGoldenTest.read("dyn_cnn.keras");
    assertThat(network.note()).contains("leaves sizes of the input open", "1x224x224x3");
    assertThat(network.input().at(2, 96, 80).toString()).isEqualTo("2x96x80x3");
  }

  @Test
  void pythonCode_isNamedAndCountsNothing() throws IOException {
    Network network = KerasGoldenTest.read("nested_ops.keras");
    assertThat(network.note()).isEqualTo("not counted: layer 'lam' (Python code)");
    assertThat(network.uncounted()).containsExactly("layer 'lam' (Python code)");
  }

  @Test
  void flattenedModel_atAnotherResolution_saysWhichLayerRefuses() throws IOException {
    Network network = KerasGoldenTest.read("seq_noinput.keras");
    assertThatThrownBy(() -> network.forward(Mode.DECOMPOSED, network.input().at(1, 56, 56)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("dense");
  }

  /** The node encoding of Keras 2: no modules, lists instead of objects, batch_input_shape. */
  @Test
  void olderEncoding_isReadToo() {
    Network network =
        json(
            "{\"class_name\":\"Model\",\"config\":{\"name\":\"m\",\"layers\":["
                + "{\"class_name\":\"InputLayer\",\"name\":\"in\",\"inbound_nodes\":[],"
                + "\"config\":{\"batch_input_shape\":[null,8,8,3],\"name\":\"in\"}},"
                + "{\"class_name\":\"Conv2D\",\"name\":\"c\",\"inbound_nodes\":[[[\"in\",0,0,{}]]],"
                + "\"config\":{\"name\":\"c\",\"filters\":4,\"kernel_size\":[3,3],"
                + "\"padding\":\"same\",\"strides\":[1,1]}},"
                + "{\"class_name\":\"Add\",\"name\":\"a\","
                + "\"inbound_nodes\":[[[\"c\",0,0,{}],[\"c\",0,0,{}]]],\"config\":{\"name\":\"a\"}}],"
                + "\"input_layers\":[[\"in\",0,0]],\"output_layers\":[[\"a\",0,0]]},"
                + "\"keras_version\":\"2.11.0\",\"backend\":\"tensorflow\"}");
    assertThat(network.parameters()).isEqualTo(3 * 3 * 3 * 4 + 4);
    assertThat(network.forward(Mode.DECOMPOSED).call(0).output(0).shape().toString())
        .isEqualTo("1x8x8x4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"filters\":-1,\"kernel_size\":3}; config.layers[1].config.filters: -1 is not a whole number",
        "{\"filters\":\"many\",\"kernel_size\":3}; expected a whole number but it is the text 'many'",
        "{\"filters\":99999999999,\"kernel_size\":3}; is not a whole number from 1",
        "{\"filters\":4,\"kernel_size\":[3]}; expected 2 numbers but there are 1",
        "{\"filters\":4,\"kernel_size\":9}; layer 'x'",
        "{\"filters\":4,\"kernel_size\":3,\"padding\":\"full\"}; 'full' is none of valid, same",
        "{\"filters\":4,\"kernel_size\":3,\"groups\":2}; groups divide",
        "{\"kernel_size\":3}; 'filters' is missing",
        "{\"filters\":2147483647,\"kernel_size\":[2147483647,2147483647],\"padding\":\"same\"}; its parameters pass",
      })
  void badConfiguration_isOneLineThatNamesThePlace(String config, String expected) {
    String layer =
        "{\"class_name\":\"Conv2D\",\"config\":" + config.replace("}", ",\"name\":\"x\"}") + "}";
    assertThatThrownBy(
            () ->
                json(
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":["
                        + INPUT
                        + ","
                        + layer
                        + "]}}"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void cycle_isNamed() {
    assertThatThrownBy(
            () ->
                json(
                    "{\"class_name\":\"Functional\",\"config\":{\"layers\":["
                        + "{\"class_name\":\"InputLayer\",\"name\":\"in\",\"inbound_nodes\":[],"
                        + "\"config\":{\"batch_shape\":[null,8]}},"
                        + dense("a", "b")
                        + ","
                        + dense("b", "a")
                        + "],\"input_layers\":[\"in\",0,0],\"output_layers\":[\"b\",0,0]}}"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("layer 'a' waits for call 0 of layer 'b', which never comes");
  }

  private static String dense(String name, String from) {
    return "{\"class_name\":\"Dense\",\"name\":\"%s\",\"inbound_nodes\":[[[\"%s\",0,0,{}]]],\"config\":{\"units\":2}}"
        .formatted(name, from);
  }

  /** Each model calls the one inside it ten times: ten to the twelfth calls. */
  @Test
  void callsThatMultiply_areRefused() {
    String model = "{\"class_name\":\"Dense\",\"config\":{\"units\":8,\"name\":\"d\"}}";
    for (int i = 0; i < 12; i++) {
      StringBuilder nodes = new StringBuilder();
      for (int call = 0; call < 10; call++) {
        nodes
            .append(call == 0 ? "" : ",")
            .append(call == 0 ? "[[\"in\",0,0,{}]]" : "[[\"m\"," + (call - 1) + ",0,{}]]");
      }
      String inner =
          model.substring(0, model.length() - 1)
              + ",\"name\":\"m\",\"inbound_nodes\":["
              + nodes
              + "]}";
      model =
          "{\"class_name\":\"Functional\",\"config\":{\"name\":\"m\",\"layers\":["
              + "{\"class_name\":\"InputLayer\",\"name\":\"in\",\"inbound_nodes\":[],"
              + "\"config\":{\"batch_shape\":[null,8]}},"
              + inner
              + "],\"input_layers\":[\"in\",0,0],\"output_layers\":[\"m\",9,0]}}";
    }
    String whole = model;
    assertThatThrownBy(() -> json(whole))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("calls of layers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"class_name\":\"Sequential\",\"config\":{}}",
        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[]}}",
        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":{}}}",
        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[1]}}",
        "{\"class_name\":\"Sequential\",\"config\":[]}",
        "{\"class_name\":\"Dense\",\"config\":{\"units\":3}}",
        "{\"class_name\":\"S\",\"class_name\":\"S\",\"config\":{}}",
        "{\"class_name\":\"Functional\",\"config\":{\"layers\":[],\"input_layers\":[\"x\",0,0],"
            + "\"output_layers\":[\"x\",0,0]}}",
        "{\"class_name\":\"Sequential\",\"config\":",
        "{\"class_name\":\"Functional\",\"config\":{\"layers\":[{\"class_name\":\"ReLU\",\"name\":\"r\","
            + "\"config\":{\"batch_shape\":[null,3]},\"inbound_nodes\":[{\"args\":[],\"kwargs\":{}}]}],"
            + "\"input_layers\":[],\"output_layers\":[\"r\",0,0]}}",
        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"InputLayer\","
            + "\"config\":{\"batch_shape\":[null,-3]}}]}}",
      })
  void brokenFiles_areOneLine(String text) {
    assertThatThrownBy(() -> json(text))
        .isInstanceOf(FormatException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void deepNesting_isRefused() {
    String text = "{\"class_name\":\"S\",\"config\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> json(text)).isInstanceOf(FormatException.class);
  }

  /**
   * Eighty megabytes of blanks in a hundred kilobytes: reading stops at the limit of a document.
   */
  @Test
  void zipBomb_isRefusedAtTheLimitOfADocument() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("config.json"));
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      zip.write("{\"class_name\":".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 80; i++) {
        zip.write(blanks);
      }
    }
    assertThatThrownBy(() -> read("bomb.keras", bytes.toByteArray()))
        .isInstanceOf(FormatException.class);
  }

  private static Network json(String text) {
    try {
      return read("m.json", text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Network read(String name, byte[] bytes) throws IOException {
    try (Content content = Content.of(name, new ByteArrayInputStream(bytes))) {
      return ModelFiles.read(content);
    }
  }
}
