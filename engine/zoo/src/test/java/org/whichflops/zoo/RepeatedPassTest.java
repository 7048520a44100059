package org.whichflops.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.architecture.Architecture;

/**
 * A pass that is used again records what a fresh one records, whether the network ran for it or the
 * run before was repeated at other sizes.
 */
class RepeatedPassTest {
  private static final long[][] SIDES = {{225, 260}, {64, 64}, {300, 111}};

  static Stream<String> names() {
    return Zoo.architectures().stream().map(Architecture::name);
  }

  /** The network's own input, then other batches and sizes, many of which do not fit. */
  private static List<Shape> inputs(Network network) {
    InputSize size = network.input();
    List<Shape> inputs = new ArrayList<>(List.of(size.shape(), size.at(3), size.at(2)));
    for (long[] side : SIDES) {
      try {
        inputs.add(size.at(1, side[0], side[1]));
      } catch (IllegalArgumentException e) {
        return inputs; // it takes its own resolution only
      }
    }
    return inputs;
  }

  private static String record(Network network, ForwardPass pass, Shape input) {
    try {
      network.forward(pass, input);
    } catch (RuntimeException e) {
      return e.toString();
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      all.append(call.parent()).append(' ').append(call.callee());
      for (int k = 0; k < call.inputCount(); k++) {
        all.append(' ').append(call.input(k)).append(call.input(k).numel());
        all.append(call.input(k).isContiguous()).append(call.input(k).isChannelsLast());
      }
      for (int k = 0; k < call.outputCount(); k++) {
        all.append(" -> ").append(call.output(k)).append(call.output(k).numel());
      }
      all.append('\n');
    }
    return all.toString();
  }

  @ParameterizedTest
  @MethodSource("names")
  void forward_againAtOtherSizes_recordsWhatAFreshPassRecords(String name) {
    Network network = Zoo.build(name);
    ForwardPass again = new ForwardPass(Mode.CPU_NO_GRAD);
    ForwardPass many = new ForwardPass(Mode.CPU_NO_GRAD);
    many.expectManyInputs();
    for (Shape input : inputs(network)) {
      String expected = record(network, new ForwardPass(Mode.CPU_NO_GRAD), input);
      assertThat(record(network, again, input)).as("%s at %s", name, input).isEqualTo(expected);
      assertThat(record(network, many, input)).as("%s at %s", name, input).isEqualTo(expected);
    }
  }

  private static boolean repeats(String name) {
    Network network = Zoo.build(name);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    return pass.repeat(network.root(), network.input().at(2, 288, 320));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet",
        "convnext_tiny",
        "densenet121",
        "efficientnet_b0",
        "efficientnet_v2_s",
        "ghostnet",
        "googlenet",
        "inception_v3",
        "mnasnet1_0",
        "mobilenet_v1",
        "mobilenet_v2",
        "mobilenet_v3_large",
        "poolformer_s12",
        "regnet_y_8gf",
        "resnet50",
        "resnext50_32x4d",
        "senet154",
        "shufflenet_v2_x1_0",
        "squeezenet1_1",
        "vgg16_bn",
        "xception"
      })
  void networkThatLooksAtNoSideOrBatch_isRepeated(String name) {
    assertThat(repeats(name)).isTrue();
  }

  /** Its linear layer takes the features of one resolution. */
  @Test
  void networkOfOneResolution_isRepeatedForOtherBatches() {
    Network network = Zoo.build("preact_resnet50");
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), network.input().at(2))).isTrue();
    assertThat(pass.repeat(network.root(), network.input().at(2, 96, 96))).isFalse();
  }

  /** Its windows depend on the size of the image. */
  @Test
  void networkThatLooksAtSizes_isNotRepeated() {
    assertThat(repeats("swin_t")).isFalse();
  }

  @Test
  void otherNetworkOrRank_isNotRepeated() {
    Network network = Zoo.build("resnet18");
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    Shape input = network.input().shape();
    assertThat(pass.repeat(Zoo.build("resnet18").root(), input)).isFalse();
    assertThat(pass.repeat(network.root(), Shape.of(3, 224, 224))).isFalse();
    assertThat(pass.repeat(network.root(), input, input)).isFalse();
    assertThat(pass.repeat(network.root(), Shape.of(1, 3, 0, 224))).isFalse();
    assertThat(pass.repeat(network.root(), Shape.of(1, 4, 224, 224))).isFalse();
  }
}
