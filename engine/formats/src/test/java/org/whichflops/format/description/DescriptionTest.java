package org.whichflops.format.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFiles;
import org.whichflops.zoo.Zoo;

class DescriptionTest {
  /** A small residual network, as somebody would write it down. */
  static final String NETWORK =
      """
      {
        "input": [1, 3, 32, 32],
        "define": {
          "Block(cin, cout, stride=1)": {
            "modules": {
              "conv1": "nn.Conv2d(cin, cout, 3, stride=stride, padding=1, bias=False)",
              "bn1": "BatchNorm2d(cout)",
              "conv2": {"Conv2d": {"in_channels": "cout", "out_channels": "cout", "kernel_size": 3, "padding": 1}},
              "short": "Conv2d(cin, cout, kernel_size=(1, 1), stride=stride)"
            },
            "forward": [
              "y = F.relu(self.bn1(self.conv1(x)), inplace=True)",
              "y = conv2(y)",
              "y += short(x)",
              "return F.relu(y)"
            ]
          }
        },
        "modules": {
          "stem": ["Conv2d(3, 16, 3, padding=same)", "ReLU(inplace=True)"],
          "blocks": [{"repeat": 2, "module": "Block(16 * 2 ** i, 32 * 2 ** i, stride=2)"}],
          "fc": "Linear(64, 10)"
        },
        "forward": [
          "x = blocks(stem(x))",
          "x = F.adaptive_avg_pool2d(x, 1)",
          "return fc(torch.flatten(x, 1))"
        ]
      }
      """;

  @Test
  void handwrittenNetwork_hasPyTorchsParametersShapesAndCalls() {
    Network network = read(NETWORK);
    long stem = 3 * 16 * 9 + 16;
    long first = 16 * 32 * 9 + 64 + 32 * 32 * 9 + 32 + 16 * 32 + 32;
    long second = 32 * 64 * 9 + 128 + 64 * 64 * 9 + 64 + 32 * 64 + 64;
    assertThat(network.parameters()).isEqualTo(stem + first + second + 64 * 10 + 10);
    ForwardPass pass = network.forward(Mode.DECOMPOSED, network.input().at(5, 64, 48));
    assertThat(pass.call(0).output(0).shape().toString()).isEqualTo("5x10");
    assertThat(functions(pass))
        .containsSubsequence("F.relu", "F.conv2d", "Tensor.__iadd__", "F.adaptive_avg_pool2d");
    assertThat(network.modules().stream().map(network::path))
        .contains("stem.0", "blocks.1.conv2", "fc");
  }

  private static List<String> functions(ForwardPass pass) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee().kind() == Callee.Kind.FUNCTION) {
        keys.add(pass.call(i).callee().key());
      }
    }
    return keys;
  }

  @Test
  void modulesWithoutForward_areCalledInOrder() {
    Network network =
        read("{\"input\": [2, 8], \"modules\": [\"Linear(8, 4)\", \"ReLU()\", \"Linear(4, 3)\"]}");
    assertThat(network.forward(Mode.DECOMPOSED).call(0).output(0).shape().toString())
        .isEqualTo("2x3");
  }

  @Test
  void zooModel_isABuildingBlock() {
    Network network =
        read("{\"input\": [1, 3, 224, 224], \"modules\": [\"zoo.resnet18(num_classes=7)\"]}");
    assertThat(network.parameters()).isEqualTo(Zoo.build("resnet18(num_classes=7)").parameters());
  }

  @Test
  void sharedModule_countsItsParametersOnce_andFrozenOnesAreNotTrained() {
    Network network =
        read(
            """
            {"input": [1, 8],
             "modules": {"a": "Linear(8, 8)", "b": "self.a", "c": "Linear(8, 8).requires_grad_(False)",
                         "head": "Linear(8, 8, bias=False)"},
             "tie": {"head.weight": "a.weight"},
             "forward": ["return head(c(b(a(x))))"]}
            """);
    assertThat(network.parameters()).isEqualTo(72 + 72);
    assertThat(network.trainableParameters()).isEqualTo(72);
  }

  @Test
  void sameTextTwice_makesTwoModules() {
    Network network =
        read(
            """
            {"input": [1, 4, 9, 9],
             "modules": ["Conv2d(4, 4, 3, padding=1, padding_mode='reflect', bias=False)",
                         "Conv2d(4, 4, 3, padding=1, padding_mode='reflect', bias=False)",
                         "BatchNorm2d(4).requires_grad_(False)", "BatchNorm2d(4)", "BatchNorm2d(4)",
                         "ReLU(inplace=True)", "ReLU(inplace=True)"]}
            """);
    assertThat(network.modules()).hasSize(1 + 7).doesNotHaveDuplicates();
    assertThat(network.parameters()).isEqualTo(2 * 4 * 4 * 9 + 3 * 8);
    assertThat(network.trainableParameters()).isEqualTo(2 * 4 * 4 * 9 + 2 * 8);
    assertThat(functions(network.forward(Mode.DECOMPOSED)))
        .containsSubsequence("F.pad", "F.conv2d", "F.pad", "F.conv2d", "F.batch_norm");
  }

  @Test
  void sameTextTwice_meansWhatItsNamesMean() {
    Network network =
        read(
            """
            {"input": [1, 8],
             "modules": [{"repeat": 3, "module": "Linear(8 * i + 8, 8 * i + 16, bias=False)"}]}
            """);
    assertThat(network.parameters()).isEqualTo(8 * 16 + 16 * 24 + 24 * 32);
  }

  @Test
  void listBehindAStar_isAsManyArguments() {
    Network network =
        read("{\"input\": [1, 8], \"modules\": [\"Linear(*[8, 4], bias=False)\", \"ReLU()\"]}");
    assertThat(network.parameters()).isEqualTo(8 * 4);
  }

  @Test
  void parameterGivenFirst_isATensorOfThePass_alsoByName() {
    Network network =
        read(
            """
            {"input": [1, 8], "parameters": {"w": [3, 8]},
             "forward": ["return F.relu(input=self.w) + F.relu(self.w) + x"]}
            """);
    assertThat(network.forward(Mode.DECOMPOSED).call(0).output(0).shape().toString())
        .isEqualTo("3x8");
  }

  @Test
  void nameTwice_isRefused() {
    assertThatThrownBy(() -> read("{\"input\": [1, 8],\n \"input\": [1, 9]}"))
        .isInstanceOf(FormatException.class)
        .hasMessage("net.json: line 2, column 11: 'input' is given twice");
  }

  @Test
  void severalInputsAndOutputs_keepTheirOrder() {
    Network network =
        read(
            """
            {"input": [[2, 4, 8], [2, 4, 8]], "inputs": ["q", "kv"],
             "modules": {"attention": "MultiheadAttention(8, 2, batch_first=True)"},
             "forward": ["y, weights = attention(q, kv, kv)", "return y + q, weights"]}
            """);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.call(0).output(0).shape().toString()).isEqualTo("2x4x8");
    assertThat(pass.call(0).output(1).shape().toString()).isEqualTo("2x4x4");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "stride=stride, padding",
            "strid=stride, padding",
            "line 6, column 22: Conv2d has no argument 'strid'; did you mean 'stride'?"),
        mistake(
            "\"Linear(64",
            "\"Linaer(64",
            "line 22, column 12: module 'Linaer' is not known; did you mean 'Linear'?"),
        mistake(
            "F.adaptive_avg",
            "F.adaptiv_avg",
            "line 26, column 12: function 'F.adaptiv_avg_pool2d' is not known; did you mean 'F.adaptive_avg_pool2d'?"),
        mistake(
            "return fc(",
            "return fcc(",
            "line 27, column 13: 'fcc' is not known here; did you mean 'fc'?"),
        mistake(
            "Linear(64",
            "Linear(63",
            "linear expects 63 features in the last dimension but its input is 1x64"),
        mistake(
            "\"modules\": {\n    \"stem",
            "\"modulse\": {\n    \"stem",
            "'modulse' is not known here; did you mean 'modules'?"),
        mistake(
            "y = conv2(y)",
            "for i in y:",
            "line 13, column 10: a forward has assignments and a return only"),
        mistake(
            "y = conv2(y)",
            "None = conv2(y)",
            "line 13, column 10: nothing can be assigned to None"),
        mistake("conv2(y)", "conv2(y", "line 13, column 21: expected ',' or ')'"),
        mistake("\"input\": [1, 3, 32, 32],", "", "'input' is missing"),
        mistake(
            "\"input\": [1", "\"inptu\": [1", "'inptu' is not known here; did you mean 'input'?"),
        mistake("[1, 3, 32, 32]", "[1, 3, 0, 32]", "0 is not a whole number from 1"),
        mistake("2 ** i", "2 ** 99", "an exponent is 0 to 62"),
        mistake("\"repeat\": 2", "\"repeat\": 200000", "more than 20000 modules"),
        mistake(
            "ReLU(inplace=True)",
            "TransformerEncoder(TransformerEncoderLayer(8, 2), 100000)",
            "more than 20000 modules"),
        mistake(
            "ReLU(inplace=True)",
            "TransformerEncoder(TransformerEncoderLayer(8, 2))",
            "TransformerEncoder needs 'encoder_layer' and 'num_layers'"),
        mistake(
            "ReLU(inplace=True)",
            "TransformerEncoderLayer(8, 2, activation='silu')",
            "activation is 'relu' or 'gelu', not 'silu'"),
        mistake(
            "y = conv2(y)",
            "y = y.clamp()",
            "line 13, column 16: Tensor.clamp: it needs 'min' or 'max'"),
        mistake("y = conv2(y)", "y = torch.add(y)", "torch.add needs 'other'"),
        mistake(
            "y = conv2(y)",
            "y = F.interpolate(y, scale_factor=2, mode='bilinear', antialias=True)",
            "antialias=True is not known"),
        mistake(
            "y = conv2(y)",
            "y = F.max_pool2d(y, 2, return_indices=True)",
            "return_indices=True is not known"),
        mistake(
            "y = conv2(y)",
            "y = F.interpolate(y, scale_factor=0.01, mode='area')",
            "interpolate expects outputs of 1 or more"),
        mistake("Block(16 *", "Block(-16 *", "channels are 1 or more"));
  }

  private static Arguments mistake(String right, String wrong, String message) {
    return Arguments.of(right, wrong, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isOneLineWithItsPlace(String right, String wrong, String message) {
    assertThat(NETWORK).contains(right);
    assertThatThrownBy(() -> read(NETWORK.replace(right, wrong)))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("net.json: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"input\": [1]}",
        "{\"input\": [1], \"modules\": 3}",
        "{\"input\": [], \"modules\": [\"ReLU()\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return 3\"]}",
        "{\"input\": [1, 8], \"forward\": []}",
        "{\"input\": [1, 8], \"forward\": [\"return x[9]\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return x.view(3, -1)\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return x @ x\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return x.unbind(5)\"]}",
        "{\"input\": [1000000000], \"forward\": [\"return x.unbind(0)\"]}",
        "{\"input\": [1000000000], \"forward\": [\"return x.chunk(1000000000, 0)\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return x + [1] * 99999999999\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return torch.einsum('ij', x)\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return torch.cat([], 0)\"]}",
        "{\"input\": [1, 8], \"forward\": [\"return ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((x\"]}",
        "{\"input\": [1, 8], \"define\": {\"A()\": {\"modules\": [\"A()\"]}}, \"modules\": [\"A()\"]}",
        "{\"input\": [1, 8], \"modules\": [\"self\"]}",
        "{\"input\": [1, 8], \"modules\": {\"a\": \"self.a\"}}",
        "{\"input\": [1, 8], \"modules\": {\"a\": {\"modules\": {\"b\": \"ReLU()\"}}}, \"tie\": {\"a.b\": \"a\"}}",
        "{\"input\": [1, 8], \"modules\": [\"zoo.resnet18()\"], \"tie\": {\"9.weight\": \"1.weight\"}}",
        "{\"input\": [1, 8], \"modules\": [\"Conv2d(1, 1, (3, 3, 3))\"]}",
        "{\"input\": [1, 8], \"modules\": [\"Linear(99999999999, 1)\"]}",
        "{\"input\": [1, 8], \"modules\": [\"Linear(2147483647, 2147483647)\", \"Linear(2147483647, 2147483647)\", \"Linear(2147483647, 2147483647)\"]}",
        "{\"input\": [9223372036854775807, 9], \"modules\": [\"ReLU()\"]}",
        "{\"input\": [1, 8], \"parameters\": {\"w\": [-1]}, \"forward\": [\"return x\"]}",
      })
  void hostileDescription_isOneLine(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageNotContaining("\n");
  }

  /** Each definition holds ten of the one before: ten to the twelfth modules. */
  @Test
  void definitionsThatMultiply_areRefused() {
    StringBuilder define = new StringBuilder("\"A0()\": \"ReLU()\"");
    for (int i = 1; i <= 12; i++) {
      define
          .append(", \"A")
          .append(i)
          .append("()\": {\"modules\": [{\"repeat\": 10, \"module\": \"A");
      define.append(i - 1).append("()\"}]}");
    }
    String text = "{\"input\": [1, 8], \"define\": {" + define + "}, \"modules\": [\"A12()\"]}";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("more than 20000 modules");
  }

  /** Each module calls the one inside it ten times. */
  @Test
  void callsThatMultiply_areRefused() {
    String inner = "\"ReLU()\"";
    for (int i = 0; i < 12; i++) {
      inner =
          "{\"modules\": {\"m\": "
              + inner
              + "}, \"forward\": [\"return "
              + "m(".repeat(10)
              + "x"
              + ")".repeat(10)
              + "\"]}";
    }
    String text = "{\"input\": [1, 8], \"modules\": [" + inner + "]}";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("more than 500000 calls");
  }

  static Network read(String text) {
    try (Content content =
        Content.of("net.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      return ModelFiles.read(content, Zoo::build);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
