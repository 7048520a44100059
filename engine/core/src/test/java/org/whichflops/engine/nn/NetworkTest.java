package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;

class NetworkTest {
  private static Sequential block(Conv conv) {
    return new Sequential(ModuleType.of("example.Block"))
        .add("conv", conv)
        .add("bn", BatchNorm.batchNorm2d(8))
        .add("act", Activation.relu());
  }

  private static Network small() {
    Sequential root = new Sequential(ModuleType.of("example.Small"));
    root.add(
        "features",
        new Sequential(block(Conv.conv2d(3, 8, 3)), block(Conv.conv2d(8, 8, 3).groups(2))));
    root.add("flatten", new Flatten()).add("fc", new Linear(8 * 4 * 4, 10));
    return new Network("small", root, InputSize.image(8));
  }

  @Test
  void path_isWhatPyTorchNamesIt() {
    Network network = small();
    assertThat(network.modules().stream().map(network::path))
        .containsExactly(
            "",
            "features",
            "features.0",
            "features.0.conv",
            "features.0.bn",
            "features.0.act",
            "features.1",
            "features.1.conv",
            "features.1.bn",
            "features.1.act",
            "flatten",
            "fc");
  }

  /** A function belongs to the module that called it. */
  @Test
  void path_ofACallIsItsModules() {
    Network network = small();
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(
            IntStream.range(0, pass.size())
                .mapToObj(pass::call)
                .filter(call -> call.callee().key().equals("aten.convolution"))
                .map(call -> network.path(pass, call)))
        .containsExactly("features.0.conv", "features.1.conv");
  }

  @Test
  void calls_nestModuleFunctionOperator() {
    ForwardPass pass = small().forward(Mode.DECOMPOSED);
    Call module = pass.call(3);
    Call function = pass.call(4);
    Call operator = pass.call(5);
    assertThat(module).hasToString("nn.Conv2d");
    assertThat(function).hasToString("F.conv2d");
    assertThat(operator).hasToString("aten.convolution");
    assertThat(operator.parent()).isEqualTo(function.index());
    assertThat(function.parent()).isEqualTo(module.index());
    assertThat(module.end()).isEqualTo(function.end()).isEqualTo(operator.end()).isEqualTo(6);
    assertThat(operator.input(1)).hasToString("8x3x3x3");
    assertThat(module.output(0)).isSameAs(operator.output(0)).hasToString("1x8x6x6");
  }

  @Test
  void path_ofAModuleWithTwoParentsIsTheFirst() {
    Linear shared = new Linear(4, 4);
    Network network =
        new Network(
            "tied",
            new Sequential()
                .add("encoder", new Sequential(shared))
                .add("decoder", new Sequential(shared, Activation.relu())),
            InputSize.fixed(1, 4));
    assertThat(network.modules().stream().map(network::path))
        .containsExactly("", "encoder", "encoder.0", "decoder", "decoder.1");
    assertThat(network.parameters()).isEqualTo(4 * 4 + 4);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(
            IntStream.range(0, pass.size())
                .mapToObj(pass::call)
                .filter(call -> call.callee() == shared)
                .map(call -> network.path(pass, call)))
        .containsExactly("encoder.0", "encoder.0");
  }

  @Test
  void parameters_countASharedWeightOnce() {
    Embedding table = Embedding.embedding(100, 16);
    Linear head = new Linear(16, 100).tiedTo(table.table());
    Network tied = new Network("tied", new Sequential(table, head), InputSize.fixed(1, 5));
    assertThat(tied.parameters()).isEqualTo(100 * 16 + 100);
    assertThat(Network.parametersOf(head, false)).isEqualTo(100 * 16 + 100);
  }

  @Test
  void parameters_leaveBuffersOut() {
    BatchNorm norm = BatchNorm.batchNorm2d(8);
    assertThat(Network.parametersOf(norm, false)).isEqualTo(16);
    assertThat(norm.buffers())
        .containsOnlyKeys("running_mean", "running_var", "num_batches_tracked");
  }

  @Test
  void parameters_areThoseOfPyTorch() {
    assertThat(small().parameters())
        .isEqualTo((3 * 9 * 8 + 8) + 16 + (4 * 9 * 8 + 8) + 16 + (128 * 10 + 10));
    assertThat(Network.parametersOf(Recurrent.lstm(3, 5).layers(2).bidirectional(), false))
        .isEqualTo(2 * (20 * 3 + 20 * 5 + 40) + 2 * (20 * 10 + 20 * 5 + 40));
    assertThat(Network.parametersOf(new MultiheadAttention(8, 2), false))
        .isEqualTo(3 * 8 * 8 + 3 * 8 + 8 * 8 + 8);
  }

  @Test
  void forward_wrongChannelsSaysWhereAndWhy() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> small().forward(Mode.DECOMPOSED, Shape.of(1, 4, 8, 8)))
        .withMessage(
            "features.0.conv (Conv2d): conv2d expects 3 channels in [N, C, H, W] or [C, H, W] but "
                + "its input is 1x4x8x8");
  }

  @Test
  void forward_wrongResolutionSaysWhereAndWhy() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> small().forward(Mode.DECOMPOSED, Shape.of(1, 3, 9, 8)))
        .withMessage(
            "fc (Linear): linear expects 128 features in the last dimension but its input is"
                + " 1x160");
  }

  @Test
  void forward_tooSmallSaysWhereAndWhy() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> small().forward(Mode.DECOMPOSED, Shape.of(1, 3, 4, 4)))
        .withMessage(
            "features.1.conv (Conv2d): conv2d with kernel (3, 3), dilation (1, 1) and padding "
                + "(0, 0) does not fit its input of 1x8x2x2");
  }

  @Test
  void forward_emptyInput() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> small().forward(Mode.DECOMPOSED, Shape.of(0, 3, 8, 8)))
        .withMessageStartingWith("small: ")
        .withMessageContaining("1 or more");
  }

  @Test
  void forward_moreElementsThanALong() {
    Network network =
        new Network("huge", new Sequential(new Flatten(0, -1)), InputSize.fixed(1, 1));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> network.forward(Mode.DECOMPOSED, Shape.of(1L << 40, 1L << 40)))
        .withMessageStartingWith("0 (Flatten): ")
        .withMessageContaining("2^63 - 1")
        .withMessageContaining("1099511627776x1099511627776");
  }

  /** After a failure the same pass serves the next input. */
  @Test
  void forward_afterAFailure() {
    Network network = small();
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> network.forward(pass, Shape.of(1, 4, 8, 8)));
    network.forward(pass, Shape.of(2, 3, 8, 8));
    assertThat(pass.call(0).output(0)).hasToString("2x10");
    assertThat(pass.call(0).parent()).isEqualTo(-1);
  }

  @Test
  void forward_modulesOfSeveralInputsSayHowMany() {
    MultiheadAttention attention = new MultiheadAttention(8, 2);
    Tensor x = new ForwardPass(Mode.DECOMPOSED).input(3, 1, 8);
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> attention.call(x, x))
        .withMessage("MultiheadAttention expects queries, keys and values but has 2");
  }

  @Test
  void inputSize_takesOtherBatchesAndResolutions() {
    assertThat(InputSize.image(224).at(8)).isEqualTo(Shape.of(8, 3, 224, 224));
    assertThat(InputSize.image(224).at(8, 192, 256)).isEqualTo(Shape.of(8, 3, 192, 256));
    assertThat(InputSize.fixed(1, 3, 224, 224).at(2, 224, 224)).isEqualTo(Shape.of(2, 3, 224, 224));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InputSize.fixed(1, 3, 224, 224).at(1, 192, 224))
        .withMessage("the network takes 224x224 only, not 192x224");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InputSize.fixed(1, 16).at(1, 192, 224))
        .withMessageContaining("no height and width");
  }

  /** Tools that look a class up by its exact type do not see a subclass. */
  @Test
  void type_isExact() {
    ModuleType derived = Sequential.TYPE.subclass("torchvision.ops.misc.Conv2dNormActivation");
    assertThat(new Sequential(derived).key())
        .isEqualTo("torchvision.ops.misc.Conv2dNormActivation");
    assertThat(derived.isA("nn.Sequential")).isTrue();
    assertThat(derived).isNotEqualTo(Sequential.TYPE).hasToString("Conv2dNormActivation");
  }
}
