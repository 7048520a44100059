package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.whichflops.format.onnx.Proto.graph;
import static org.whichflops.format.onnx.Proto.integer;
import static org.whichflops.format.onnx.Proto.integers;
import static org.whichflops.format.onnx.Proto.model;
import static org.whichflops.format.onnx.Proto.node;
import static org.whichflops.format.onnx.Proto.real;
import static org.whichflops.format.onnx.Proto.realScalar;
import static org.whichflops.format.onnx.Proto.realVector;
import static org.whichflops.format.onnx.Proto.reals;
import static org.whichflops.format.onnx.Proto.scalar;
import static org.whichflops.format.onnx.Proto.truth;
import static org.whichflops.format.onnx.Proto.vector;
import static org.whichflops.format.onnx.Proto.weight;
import static org.whichflops.format.onnx.Proto.word;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.engine.nn.Network;

/**
 * What operator sets from 7 on say differently comes out the same: arguments that were attributes
 * and became inputs, outputs that came and went, and an axis that meant another thing.
 */
class OperatorSetsTest {
  /** Ways to say one thing: the operator set and the graph of each, and what is computed. */
  private record Case(String name, String work, List<Integer> sets, List<Proto> graphs) {}

  private static final List<Case> CASES = new ArrayList<>();

  private static Case put(String name, String work) {
    Case one = new Case(name, work, new ArrayList<>(), new ArrayList<>());
    CASES.add(one);
    return one;
  }

  /** The input is 1x3x8x8; whatever comes out is what is computed, and a ReLU of the output. */
  private static void form(Case of, int opset, Proto node, Proto... initializers) {
    Proto graph = graph().message(1, node).message(1, node("Relu", "h -> y"));
    for (Proto initializer : initializers) {
      graph.message(5, initializer);
    }
    of.sets().add(opset);
    of.graphs().add(graph);
  }

  static {
    Case same = put("Clip", "aten.hardtanh 1x3x8x8 -> 1x3x8x8; aten.relu 1x3x8x8 -> 1x3x8x8");
    form(same, 7, node("Clip", "x -> h", real("min", -2), real("max", 2)));
    form(same, 11, node("Clip", "x a b -> h"), realScalar("a", -2), realScalar("b", 2));
    form(same, 13, node("Clip", "x a b -> h"), realScalar("a", -2), realScalar("b", 2));

    Case dropped = put("Dropout", "aten.relu 1x3x8x8 -> 1x3x8x8");
    form(dropped, 7, node("Dropout", "x -> h mask", real("ratio", 0.5f)));
    form(dropped, 10, node("Dropout", "x -> h mask", real("ratio", 0.5f)));
    form(dropped, 12, node("Dropout", "x r -> h mask"), realScalar("r", 0.5f));
    form(dropped, 13, node("Dropout", "x r t -> h"), realScalar("r", 0), truth("t", true));
    form(dropped, 22, node("Dropout", "x _ t -> h mask"), truth("t", false));

    Case norm =
        put(
            "BatchNormalization",
            "aten.batch_norm 1x3x8x8 -> 1x3x8x8; aten.relu 1x3x8x8 -> 1x3x8x8");
    Proto[] channels = {weight("s", 3), weight("b", 3), weight("m", 3), weight("v", 3)};
    form(norm, 7, node("BatchNormalization", "x s b m v -> h", integer("spatial", 1)), channels);
    form(norm, 7, node("BatchNormalization", "x s b m v -> h m2 v2 sm sv"), channels);
    form(norm, 9, node("BatchNormalization", "x s b m v -> h m2 v2 sm sv"), channels);
    form(
        norm,
        14,
        node("BatchNormalization", "x s b m v -> h m2 v2", integer("training_mode", 1)),
        channels);
    form(norm, 15, node("BatchNormalization", "x s b m v -> h"), channels);

    Case mean = put("ReduceMean", "aten.mean 1x3x8x8 -> 1x8x8; aten.relu 1x8x8 -> 1x8x8");
    Proto flat = integer("keepdims", 0);
    form(mean, 7, node("ReduceMean", "x -> h", integers("axes", 1), flat));
    form(mean, 13, node("ReduceMean", "x -> h", integers("axes", -3), flat));
    form(mean, 18, node("ReduceMean", "x a -> h", flat), vector("a", 1));

    Case sum = put("ReduceSum", "aten.sum 1x3x8x8 -> 1x8x8; aten.relu 1x8x8 -> 1x8x8");
    form(sum, 11, node("ReduceSum", "x -> h", integers("axes", 1), flat));
    form(sum, 13, node("ReduceSum", "x a -> h", flat), vector("a", 1));

    Case squeezed = put("Squeeze", "aten.relu 3x8x8 -> 3x8x8");
    form(squeezed, 7, node("Squeeze", "x -> h", integers("axes", 0)));
    form(squeezed, 11, node("Squeeze", "x -> h", integers("axes", -4)));
    form(squeezed, 13, node("Squeeze", "x a -> h"), vector("a", 0));
    form(squeezed, 21, node("Squeeze", "x -> h"));

    Case unsqueezed = put("Unsqueeze", "aten.relu 1x1x3x8x8x1 -> 1x1x3x8x8x1");
    form(unsqueezed, 7, node("Unsqueeze", "x -> h", integers("axes", 0, 5)));
    form(unsqueezed, 13, node("Unsqueeze", "x a -> h"), vector("a", -1, 0));

    Case sliced = put("Slice", "aten.relu 1x3x4x7 -> 1x3x4x7");
    form(
        sliced,
        7,
        node(
            "Slice",
            "x -> h",
            integers("starts", 2, 0),
            integers("ends", 6, -1),
            integers("axes", 2, 3)));
    form(
        sliced,
        10,
        node("Slice", "x s e a -> h"),
        vector("s", 2, 0),
        vector("e", 6, -1),
        vector("a", 2, 3));
    form(
        sliced,
        13,
        node("Slice", "x s e a t -> h"),
        vector("s", 0, 7),
        vector("e", Long.MAX_VALUE, 0),
        vector("a", -2, -1),
        vector("t", 2, -1));

    Case padded = put("Pad", "aten.relu 1x3x10x9 -> 1x3x10x9");
    form(padded, 7, node("Pad", "x -> h", integers("pads", 0, 0, 1, 0, 0, 0, 1, 1)));
    form(padded, 11, node("Pad", "x p -> h"), vector("p", 0, 0, 1, 0, 0, 0, 1, 1));
    form(padded, 18, node("Pad", "x p _ a -> h"), vector("p", 1, 0, 1, 1), vector("a", 2, 3));

    Case split = put("Split", "aten.relu 1x3x2x8 -> 1x3x2x8");
    Proto second = integer("axis", 2);
    form(split, 7, node("Split", "x -> h b", integers("split", 2, 6), second));
    form(split, 13, node("Split", "x s -> h b", second), vector("s", 2, 6));
    form(split, 18, node("Split", "x -> h b c d", integer("num_outputs", 4), second));

    Case top = put("TopK", "aten.relu 1x3x8x2 -> 1x3x8x2");
    form(top, 7, node("TopK", "x -> h i", integer("k", 2)));
    form(top, 10, node("TopK", "x k -> h i"), vector("k", 2));
    form(top, 11, node("TopK", "x k -> h i", integer("largest", 0)), vector("k", 2));

    Case larger =
        put(
            "Resize",
            "aten.upsample_bilinear2d 1x3x8x8 -> 1x3x16x16; aten.relu 1x3x16x16 -> 1x3x16x16");
    Proto mode = word("mode", "linear");
    form(larger, 7, node("Upsample", "x -> h", mode, reals("scales", 1, 1, 2, 2)));
    form(larger, 9, node("Upsample", "x s -> h", mode), realVector("s", 1, 1, 2, 2));
    form(larger, 10, node("Resize", "x s -> h", mode), realVector("s", 1, 1, 2, 2));
    form(
        larger,
        11,
        node("Resize", "x r s -> h", mode),
        realVector("r"),
        realVector("s", 1, 1, 2, 2));
    form(larger, 13, node("Resize", "x _ _ z -> h", mode), vector("z", 1, 3, 16, 16));
    form(
        larger,
        18,
        node("Resize", "x _ _ z -> h", mode, integers("axes", 2, 3)),
        vector("z", 16, 16));
    form(larger, 19, node("Resize", "x _ s -> h", mode), realVector("s", 1, 1, 2, 2));

    Case row =
        put(
            "Softmax of all from an axis",
            "aten.softmax 1x192 -> 1x192; aten.relu 1x3x8x8 -> 1x3x8x8");
    form(row, 7, node("Softmax", "x -> h"));
    form(row, 11, node("Softmax", "x -> h", integer("axis", -3)));
    form(row, 12, node("Softmax", "x -> h", integer("axis", 1)));

    Case last =
        put("Softmax of one axis", "aten.softmax 1x3x8x8 -> 1x3x8x8; aten.relu 1x3x8x8 -> 1x3x8x8");
    form(last, 7, node("Softmax", "x -> h", integer("axis", 3)));
    form(last, 13, node("Softmax", "x -> h"));
    form(last, 22, node("Softmax", "x -> h", integer("axis", -1)));

    Case pooled =
        put("MaxPool", "aten.max_pool2d 1x3x8x8 -> 1x3x4x4; aten.relu 1x3x4x4 -> 1x3x4x4");
    Proto[] window = {integers("kernel_shape", 2, 2), integers("strides", 2, 2)};
    form(pooled, 7, node("MaxPool", "x -> h", window));
    form(pooled, 8, node("MaxPool", "x -> h i", window));
    form(pooled, 12, node("MaxPool", "x -> h i", window));

    Case groups =
        put(
            "GroupNormalization",
            "aten.group_norm 1x3x8x8 -> 1x3x8x8; aten.relu 1x3x8x8 -> 1x3x8x8");
    Proto one = integer("num_groups", 1);
    form(groups, 18, node("GroupNormalization", "x s b -> h", one), weight("s", 1), weight("b", 1));
    form(groups, 21, node("GroupNormalization", "x s b -> h", one), weight("s", 3), weight("b", 3));

    Case shaped = put("Reshape", "aten.relu 3x64 -> 3x64");
    form(shaped, 7, node("Reshape", "x s -> h"), vector("s", 3, -1));
    form(shaped, 14, node("Reshape", "x s -> h", integer("allowzero", 1)), vector("s", 3, 64));

    Case taken = put("Gather", "aten.relu 3x8x8 -> 3x8x8");
    form(taken, 7, node("Gather", "x i -> h"), scalar("i", 0));
    form(taken, 11, node("Gather", "x i -> h"), scalar("i", -1));
  }

  @TestFactory
  Stream<DynamicTest> operator_saidInAnyWay_isTheSame() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : CASES) {
      for (int i = 0; i < one.sets().size(); i++) {
        byte[] bytes = model(one.graphs().get(i), one.sets().get(i)).bytes();
        tests.add(
            dynamicTest(
                "%s of operator set %d, %d".formatted(one.name(), one.sets().get(i), i),
                () -> assertThat(work(Fixtures.read("net.onnx", bytes))).isEqualTo(one.work())));
      }
    }
    return tests.stream();
  }

  private static String work(Network network) {
    assertThat(network.uncounted()).isEmpty();
    List<String> work = new ArrayList<>();
    for (String line : Work.of(network, network.input().shape(), key -> true)) {
      work.add(line.substring(line.indexOf("aten.")));
    }
    return String.join("; ", work);
  }
}
