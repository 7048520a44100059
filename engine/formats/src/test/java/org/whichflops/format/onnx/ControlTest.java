package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.whichflops.format.onnx.Proto.body;
import static org.whichflops.format.onnx.Proto.graph;
import static org.whichflops.format.onnx.Proto.model;
import static org.whichflops.format.onnx.Proto.node;
import static org.whichflops.format.onnx.Proto.scalar;
import static org.whichflops.format.onnx.Proto.truth;
import static org.whichflops.format.onnx.Proto.value;
import static org.whichflops.format.onnx.Proto.vector;
import static org.whichflops.format.onnx.Proto.weight;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.FormatException;

/** Functions of a file's own, branches and loops count as what runs. */
class ControlTest {
  private static final String CONV = "aten.convolution 1x3x8x8 4x3x3x3 -> 1x4x6x6";

  private static Network read(Proto model) {
    return Fixtures.read("net.onnx", model.bytes());
  }

  private static List<String> work(Network network) {
    return Work.of(network, network.input().shape(), key -> true).stream()
        .map(line -> line.substring(line.indexOf("aten.")))
        .toList();
  }

  /** A function of the domain {@code mine}: a convolution with a weight that it is given. */
  private static Proto function(String name, Proto... nodes) {
    Proto function = new Proto().text(1, name).text(4, "a").text(4, "w").text(5, "b");
    for (Proto node : nodes) {
      function.message(7, node);
    }
    return function
        .message(9, Proto.opset("", 17))
        .message(9, Proto.opset("mine", 1))
        .text(10, "mine");
  }

  private static Proto call(String name, String values) {
    return node(name, values).text(7, "mine");
  }

  @Test
  void function_countsAsItsBody_eachTimeItIsCalled() {
    Proto graph =
        graph()
            .message(5, weight("w", 4, 3, 3, 3))
            .message(5, weight("v", 4, 4, 3, 3))
            .message(1, call("Block", "x w -> h"))
            .message(1, call("Block", "h v -> y"));
    Proto inner = function("Inner", node("Conv", "a w -> b"));
    Proto block = function("Block", call("Inner", "a w -> c"), node("Relu", "c -> b"));
    Network network =
        read(model(graph).message(8, Proto.opset("mine", 1)).message(25, block).message(25, inner));
    assertThat(work(network))
        .containsExactly(
            CONV,
            "aten.relu 1x4x6x6 -> 1x4x6x6",
            "aten.convolution 1x4x6x6 4x4x3x3 -> 1x4x4x4",
            "aten.relu 1x4x4x4 -> 1x4x4x4");
    assertThat(network.parameters()).isEqualTo(4 * 3 * 9 + 4 * 4 * 9);
  }

  @Test
  void functionAttribute_isTheCallsOrItsDefault() {
    Proto conv =
        node("Conv", "a w -> b")
            .message(5, new Proto().text(1, "strides").text(21, "step").number(20, 7));
    Proto function = function("Block", conv).message(11, Proto.integers("step", 1, 1));
    Proto graph =
        graph()
            .message(5, weight("w", 4, 3, 3, 3))
            .message(1, call("Block", "x w -> z"))
            .message(1, call("Block", "x w -> y").message(5, Proto.integers("step", 2, 2)));
    assertThat(work(read(model(graph).message(8, Proto.opset("mine", 1)).message(25, function))))
        .containsExactly(CONV, "aten.convolution 1x3x8x8 4x3x3x3 -> 1x4x3x3");
  }

  @ParameterizedTest
  @CsvSource({"true, relu", "false, sigmoid"})
  void branch_ofAKnownCondition_isTheOneThatRuns(boolean condition, String operator) {
    Proto then = new Proto().message(1, node("Relu", "x -> t")).message(12, value("t"));
    Proto otherwise = new Proto().message(1, node("Sigmoid", "x -> e")).message(12, value("e"));
    Proto branch = node("If", "c -> y", body("then_branch", then), body("else_branch", otherwise));
    Network network = read(model(graph().message(5, truth("c", condition)).message(1, branch)));
    assertThat(work(network)).containsExactly("aten." + operator + " 1x3x8x8 -> 1x3x8x8");
    assertThat(network.note()).doesNotContain("decides by data");
  }

  @Test
  void branch_thatDependsOnData_isSaidToBeTaken() {
    Proto then = new Proto().message(1, node("Relu", "x -> t")).message(12, value("t"));
    Proto otherwise = new Proto().message(1, node("Sigmoid", "x -> e")).message(12, value("e"));
    Proto graph =
        graph()
            .message(1, node("ReduceSum", "x -> s", Proto.integer("keepdims", 0)))
            .message(1, node("Greater", "s s -> c"))
            .message(
                1, node("If", "c -> y", body("then_branch", then), body("else_branch", otherwise)));
    Network network = read(model(graph));
    assertThat(work(network)).contains("aten.relu 1x3x8x8 -> 1x3x8x8");
    assertThat(network.note()).contains("decides by data: its then-branch is counted");
  }

  /** The body reads the graph around it, the weight, and hands a state on. */
  @Test
  void loop_ofAKnownCount_runsThatOften() {
    Proto inside =
        new Proto()
            .message(11, value("i"))
            .message(11, value("go"))
            .message(11, value("a"))
            .message(1, node("Conv", "a w -> b"))
            .message(12, value("go"))
            .message(12, value("b"));
    Proto graph =
        graph()
            .message(5, scalar("n", 3))
            .message(5, weight("w", 3, 3, 3, 3))
            .message(1, node("Loop", "n _ x -> y", body("body", inside)));
    assertThat(work(read(model(graph))))
        .containsExactly(
            "aten.convolution 1x3x8x8 3x3x3x3 -> 1x3x6x6",
            "aten.convolution 1x3x6x6 3x3x3x3 -> 1x3x4x4",
            "aten.convolution 1x3x4x4 3x3x3x3 -> 1x3x2x2");
  }

  @Test
  void loop_whoseCountDependsOnData_isRefused() {
    Proto inside =
        new Proto()
            .message(11, value("i"))
            .message(11, value("go"))
            .message(11, value("a"))
            .message(1, node("Relu", "a -> b"))
            .message(12, value("go"))
            .message(12, value("b"));
    Proto graph =
        graph()
            .message(1, node("ReduceSum", "x -> s", Proto.integer("keepdims", 0)))
            .message(1, node("Cast", "s -> n", Proto.integer("to", 7)))
            .message(1, node("Loop", "n _ x -> y", body("body", inside)));
    assertThatThrownBy(() -> read(model(graph)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("how often it runs depends on data");
  }

  @Test
  void operatorThatIsNotKnown_countsNothing_andIsNamedWithItsNodes() {
    Proto graph =
        graph()
            .message(13, value("h", 1, 4, 6, 6))
            .message(5, weight("w", 4, 4, 3, 3))
            .message(1, call("Novel", "x -> h"))
            .message(1, node("Conv", "h w -> y"));
    Network network = read(model(graph).message(8, Proto.opset("mine", 1)));
    assertThat(work(network)).containsExactly("aten.convolution 1x4x6x6 4x4x3x3 -> 1x4x4x4");
    assertThat(network.uncounted()).containsExactly("mine.Novel (novel of x -> h)");
    assertThat(network.note()).contains("not counted: mine.Novel (novel of x -> h)");
  }

  /** The file does not say what an unknown operator makes: what follows is not counted either. */
  @Test
  void operatorThatIsNotKnown_ofAnUnknownSize_isNamedWithWhatFollowsIt() {
    Proto graph =
        new Proto()
            .message(11, value("x", 1, 3, 8, 8))
            .message(12, value("y"))
            .message(12, value("z"))
            .message(13, value("d", 1, 4, 6, 6))
            .message(5, weight("w", 4, 3, 3, 3))
            .message(5, weight("v", 4, 4, 3, 3))
            .message(1, node("Conv", "x w -> h"))
            .message(1, call("Novel", "h -> a"))
            .message(1, node("Relu", "a -> b"))
            .message(1, call("Other", "b -> d"))
            .message(1, node("Conv", "d v -> y"))
            .message(1, node("Relu", "h -> z"));
    Network network = read(model(graph).message(8, Proto.opset("mine", 1)));
    assertThat(work(network))
        .containsExactly(
            CONV, "aten.convolution 1x4x6x6 4x4x3x3 -> 1x4x4x4", "aten.relu 1x4x6x6 -> 1x4x6x6");
    assertThat(network.uncounted())
        .containsExactly(
            "mine.Novel (novel of h -> a)",
            "Relu (relu of a -> b)",
            "mine.Other (other of b -> d)");
    assertThat(Work.outputs(network, network.input().shape())).isEqualTo("1x4x4x4 1x4x6x6");
  }

  /** What a detector finds hangs on the picture; what it computes before that does not. */
  @Test
  void sizesThatDependOnData_doNotStopTheCount() {
    Proto graph =
        graph()
            .message(5, weight("w", 4, 3, 3, 3))
            .message(1, node("Conv", "x w -> h"))
            .message(1, node("NonZero", "h -> n"))
            .message(1, node("GatherND", "h n -> y"));
    Network network = read(model(graph));
    assertThat(work(network)).containsExactly(CONV);
    assertThat(network.note())
        .contains("not counted: NonZero (nonzero of h -> n), GatherND (gathernd of h n -> y)");
    assertThat(Work.outputs(network, network.input().at(2))).isEqualTo("0");
  }

  /** Sizes of a reshape that are computed by the graph, at any batch. */
  @Test
  void shapes_thatTheGraphComputes_followTheInput() {
    Proto graph =
        new Proto()
            .message(11, value("x", 1, 6, 4, 4))
            .message(12, value("y"))
            .message(5, scalar("zero", 0))
            .message(5, vector("axis", 0))
            .message(5, vector("rest", 2, 3, -1))
            .message(1, node("Shape", "x -> s"))
            .message(1, node("Gather", "s zero -> n"))
            .message(1, node("Unsqueeze", "n axis -> b"))
            .message(1, node("Concat", "b rest -> to", Proto.integer("axis", 0)))
            .message(1, node("Reshape", "x to -> y"));
    Network network = read(model(graph));
    assertThat(Work.outputs(network, network.input().shape())).isEqualTo("1x2x3x16");
    assertThat(Work.outputs(network, network.input().at(32))).isEqualTo("32x2x3x16");
  }
}
