package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.whichflops.format.onnx.Proto.body;
import static org.whichflops.format.onnx.Proto.graph;
import static org.whichflops.format.onnx.Proto.integer;
import static org.whichflops.format.onnx.Proto.integers;
import static org.whichflops.format.onnx.Proto.model;
import static org.whichflops.format.onnx.Proto.node;
import static org.whichflops.format.onnx.Proto.scalar;
import static org.whichflops.format.onnx.Proto.truth;
import static org.whichflops.format.onnx.Proto.value;
import static org.whichflops.format.onnx.Proto.vector;
import static org.whichflops.format.onnx.Proto.weight;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFiles;

/** Whatever a file holds, reading it gives a network or one line that says what is wrong. */
class HostileFileTest {
  private static final String SMALL = "made/layers.op17.folded.onnx";

  @TempDir private Path folder;

  private static void assertRefused(byte[] bytes, String expected) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> Fixtures.read("net.onnx", bytes))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("net.onnx: ")
                .hasMessageContaining(expected)
                .satisfies(
                    e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(1000)));
  }

  /** Reads a file; anything but a network or a FormatException is thrown on. */
  static void readOrRefuse(byte[] bytes) {
    try (Content content = Content.of("net.onnx", new ByteArrayInputStream(bytes))) {
      Network network = new OnnxFormat().read(content);
      network.forward(Mode.CPU_NO_GRAD, network.input().at(3));
    } catch (FormatException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (ShapeException | IllegalArgumentException | ArithmeticException e) {
      // read, but it does not take a batch of 3
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Proto> wrong() {
    Map<String, Proto> all = new LinkedHashMap<>();
    all.put("it is an ONNX file without a graph", new Proto().number(1, 8).text(2, "me"));
    all.put(
        "it reads 'b', which no input, initializer or node defines",
        model(graph().message(1, node("Relu", "b -> y"))));
    all.put(
        "it takes part in a cycle",
        model(graph().message(1, node("Relu", "y -> b")).message(1, node("Relu", "b -> y"))));
    all.put("it takes part in a cycle, and", model(graph().message(1, node("Relu", "y -> y"))));
    all.put(
        "it defines 'y', which is defined before",
        model(graph().message(1, node("Relu", "x -> y")).message(1, node("Relu", "x -> y"))));
    all.put(
        "initializer 'w': it is given twice",
        model(graph().message(5, weight("w", 1)).message(5, weight("w", 1))));
    all.put(
        "tensor 'w' has a size of -4",
        model(graph().message(5, weight("w", -4, 3, 3, 3)).message(1, node("Conv", "x w -> y"))));
    all.put(
        "more than 2^63 - 1 elements",
        model(
            graph()
                .message(5, weight("w", 1L << 40, 1L << 40))
                .message(1, node("MatMul", "x w -> y"))));
    all.put(
        "stride",
        model(
            graph()
                .message(5, weight("w", 4, 3, 3, 3))
                .message(1, node("Conv", "x w -> y", integers("strides", 0, 1)))));
    all.put(
        "which no computer can hold",
        model(
            graph()
                .message(5, weight("w", 4, 3, 3, 3))
                .message(1, node("Conv", "x w -> y", integers("pads", 1L << 40, 0, 0, 0)))));
    all.put(
        "node 'conv of x w -> y'",
        model(
            graph()
                .message(5, weight("w", 4, 7, 3, 3))
                .message(1, node("Conv", "x w -> y", integer("group", 0)))));
    all.put("node 'conv of x -> y'", model(graph().message(1, node("Conv", "x -> y"))));
    all.put("has no op_type", model(graph().message(1, new Proto().text(1, "x").text(2, "y"))));
    all.put(
        "operator set 6, and 7 is the oldest",
        new Proto()
            .number(1, 3)
            .message(7, graph().message(1, node("Relu", "x -> y")))
            .message(8, Proto.opset("", 6)));
    all.put("a size is -3", model(graph(1, -3, 8, 8).message(1, node("Relu", "x -> y"))));
    all.put("its graph has no input", model(new Proto().text(2, "g")));
    all.put(
        "a name or text has 70000 bytes",
        model(graph().message(1, node("Relu", "x -> " + "y".repeat(70_000)))));
    all.put(
        "node 'reshape of x to -> y'",
        model(graph().message(5, vector("to", -1, -1)).message(1, node("Reshape", "x to -> y"))));
    all.put(
        "2^63",
        model(
            graph(1, 1, 1, 1)
                .message(5, vector("to", 1L << 40, 1L << 40, 1, 1))
                .message(1, node("Expand", "x to -> h"))
                .message(1, node("Flatten", "h -> y", integer("axis", 0)))));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> oneThingWrong_isOneLineThatSaysWhat() {
    return wrong().entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(), () -> assertRefused(entry.getValue().bytes(), entry.getKey())));
  }

  @Test
  void lengthPastTheEnd_isRefused() {
    // Field 7, the graph, of 127 bytes, and of 2^31 - 1, and of "-1": none of them there.
    assertRefused(new Proto().number(1, 8).raw(0x3A, 0x7F, 0x0A).bytes(), "truncated");
    assertRefused(
        new Proto().number(1, 8).raw(0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07).bytes(), "truncated");
    assertRefused(
        new Proto()
            .number(1, 8)
            .raw(0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01)
            .bytes(),
        "protobuf");
    // An initializer's raw_data that says to have 2 GB.
    Proto tensor = new Proto().text(8, "w").raw(0x4A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07);
    assertRefused(model(graph().message(5, tensor)).bytes(), "truncated");
  }

  @Test
  void subgraphs_nestedWithoutEnd_areRefused() {
    Proto inner = new Proto().message(1, node("Relu", "x -> z")).message(12, value("z"));
    for (int i = 0; i < 60; i++) {
      inner =
          new Proto()
              .message(1, node("If", "c -> z", body("then_branch", inner)))
              .message(12, value("z"));
    }
    Proto branch = node("If", "c -> y", body("then_branch", inner));
    assertRefused(
        model(graph().message(5, truth("c", true)).message(1, branch)).bytes(),
        "nested more than 100 deep");
  }

  private static Proto functions(Proto graph, Proto... functions) {
    Proto model = model(graph).message(8, Proto.opset("mine", 1));
    for (Proto function : functions) {
      model.message(25, function);
    }
    return model;
  }

  private static Proto function(String name, Proto... nodes) {
    Proto function = new Proto().text(1, name).text(4, "a").text(5, "b");
    for (Proto node : nodes) {
      function.message(7, node);
    }
    return function.message(9, Proto.opset("mine", 1)).text(10, "mine");
  }

  private static Proto call(String name, String values) {
    return node(name, values).text(7, "mine");
  }

  @Test
  void function_thatCallsItself_isRefused() {
    Proto graph = graph().message(1, call("F", "x -> y"));
    assertRefused(
        functions(graph, function("F", call("F", "a -> b"))).bytes(), "nested more than 64 deep");
    assertRefused(
        functions(graph, function("F", call("G", "a -> b")), function("G", call("F", "a -> b")))
            .bytes(),
        "nested more than 64 deep");
  }

  /** Forty functions that call each the next twice would run 2^40 nodes. */
  @Test
  void functions_thatCallEachOtherTwice_areRefused() {
    Proto[] functions = new Proto[40];
    for (int i = 0; i < functions.length; i++) {
      Proto relu = node("Relu", "a -> b");
      functions[i] =
          i == 39
              ? function("F39", relu).message(9, Proto.opset("", 17))
              : function("F" + i, call("F" + (i + 1), "a -> c"), call("F" + (i + 1), "c -> b"));
    }
    assertRefused(
        functions(graph().message(1, call("F0", "x -> y")), functions).bytes(),
        "nodes would run in loops and functions");
  }

  @Test
  void loop_withoutEnd_isRefused() {
    Proto inside =
        new Proto()
            .message(11, value("i"))
            .message(11, value("go"))
            .message(11, value("a"))
            .message(1, node("Relu", "a -> b"))
            .message(12, value("go"))
            .message(12, value("b"));
    Proto graph = graph().message(5, scalar("n", Long.MAX_VALUE)).message(5, truth("go", true));
    assertRefused(
        model(graph.message(1, node("Loop", "n _ x -> y", body("body", inside)))).bytes(),
        "nodes would run in loops and functions");
    assertRefused(
        model(graph().message(1, node("Loop", "_ _ x -> y", body("body", inside)))).bytes(),
        "it never ends");
  }

  /** Sizes that a graph makes larger and larger: no memory is taken for what they say. */
  @Test
  void sizes_withoutEnd_takeNoMemory() {
    for (String op : new String[] {"ConstantOfShape", "Tile", "Expand", "Range", "Pad", "OneHot"}) {
      Proto graph =
          graph()
              .message(5, vector("n", 1L << 40))
              .message(5, scalar("zero", 0))
              .message(5, scalar("one", 1))
              .message(5, scalar("many", 1L << 40));
      String values =
          switch (op) {
            case "ConstantOfShape" -> "n -> h";
            case "Range" -> "zero many one -> h";
            case "OneHot" -> "n many n -> h";
            default -> "n n -> h";
          };
      byte[] bytes =
          model(graph.message(1, node(op, values)).message(1, node("Relu", "x -> y"))).bytes();
      assertTimeoutPreemptively(Duration.ofSeconds(10), () -> readOrRefuse(bytes));
    }
  }

  @Test
  void truncatedFile_isRefused_whereverItEnds() {
    byte[] whole = Fixtures.bytes(SMALL);
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      try {
        Fixtures.read("net.onnx", part);
        read++;
      } catch (FormatException e) {
        assertThat(e.getMessage()).startsWith("net.onnx: ").doesNotContain("\n");
      }
    }
    // The graph is a message of its own: what may be missing is the operator set behind it.
    assertThat(read).isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void changedBytes_giveANetworkOrOneLine(long seed) {
    Random random = new Random(seed);
    byte[] whole = Fixtures.bytes(SMALL);
    for (int round = 0; round < 1000; round++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      readOrRefuse(changed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomBytes_areNoNetwork(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      if (bytes.length > 3 && round % 2 == 0) {
        bytes[0] = 8;
        bytes[1] = 8;
        bytes[2] = 0x3A;
      }
      assertThatThrownBy(() -> Fixtures.read("net.onnx", bytes))
          .isInstanceOf(FormatException.class);
    }
  }

  /** The sizes of a reshape in a file beside it, and in one that no model has a business with. */
  @Test
  void externalNumbers_areReadBesideTheFile_andNowhereElse() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    byte[] sizes = {1, 0, 0, 0, 0, 0, 0, 0, -64, 0, 0, 0, 0, 0, 0, 0};
    Files.write(folder.resolve("sizes.bin"), sizes);
    Files.write(inside.resolve("sizes.bin"), sizes);
    assertThat(outputs(inside, "sizes.bin")).isEqualTo("1x192");
    for (String place :
        new String[] {
          "../sizes.bin",
          folder.resolve("sizes.bin").toString(),
          "x/../../sizes.bin",
          "absent.bin",
          "\u0000"
        }) {
      assertThatThrownBy(() -> outputs(inside, place))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("its values are not known");
    }
    Files.write(inside.resolve("sizes.bin"), new byte[15]);
    assertThatThrownBy(() -> outputs(inside, "sizes.bin"))
        .hasMessageContaining("its values are not known");
  }

  /** The network reshapes to {@code [1, 192]}, which is 0xC0 in a byte. */
  private static String outputs(Path folder, String location) throws IOException {
    byte[] fixed = {1, 0, 0, 0, 0, 0, 0, 0, (byte) 192, 0, 0, 0, 0, 0, 0, 0};
    if (Files.exists(folder.resolve("sizes.bin"))
        && Files.size(folder.resolve("sizes.bin")) == 16) {
      Files.write(folder.resolve("sizes.bin"), fixed);
    }
    Proto to =
        new Proto()
            .number(1, 2)
            .number(2, 7)
            .text(8, "to")
            .message(13, new Proto().text(1, "location").text(2, location))
            .number(14, 1);
    Proto graph = graph().message(5, to).message(1, node("Reshape", "x to -> y"));
    Path file = Files.write(folder.resolve("net.onnx"), model(graph).bytes());
    try (Content content = Content.of(file)) {
      Network network = ModelFiles.read(content);
      return Work.outputs(network, network.input().shape());
    }
  }

  @Test
  void weightsInAFileThatIsNotThere_areNotMissed() {
    Proto graph = graph().message(5, weight("w", 4, 3, 3, 3)).message(1, node("Conv", "x w -> y"));
    assertThat(Fixtures.read("net.onnx", model(graph).bytes()).parameters()).isEqualTo(108);
  }
}
