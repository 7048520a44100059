package org.whichflops.format.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/** What a description of a network says is what the network says. */
class ConversionTest {
  /** One or two of every family of architectures. */
  static Stream<String> networks() {
    return Stream.of(
        "alexnet",
        "vgg11_bn",
        "resnet18",
        "resnext50_32x4d",
        "densenet121",
        "googlenet",
        "inception_v3",
        "squeezenet1_1",
        "mobilenet_v2",
        "mobilenet_v3_small",
        "mnasnet0_5",
        "shufflenet_v2_x0_5",
        "efficientnet_b0",
        "efficientnet_v2_s",
        "regnet_y_400mf",
        "convnext_tiny",
        "vit_b_16",
        "swin_t",
        "swin_v2_t",
        "maxvit_t",
        "fcn_resnet50",
        "lraspp_mobilenet_v3_large",
        "r2plus1d_18",
        "s3d",
        "mvit_v2_s",
        "swin3d_t",
        "bert_base",
        "gpt2",
        "llama_7b",
        "hrnet_w18_small_v1",
        "yolov5n",
        "ssd300_vgg16",
        "unet",
        "darts_v2",
        "nasnet_a_mobile",
        "ghostnet",
        "poolformer_s12",
        "condensenet_74",
        "lenet5");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void description_countsAndLooksAsTheNetwork(String name) {
    Network network = Zoo.build(name);
    Network described = DescriptionTest.read(Conversion.describe(network));
    assertThat(modules(described)).isEqualTo(modules(network));
    assertThat(described.parameters()).isEqualTo(network.parameters());
    assertThat(described.trainableParameters()).isEqualTo(network.trainableParameters());
    List<Shape> shapes = new ArrayList<>();
    shapes.add(network.input().shape());
    shapes.add(described.input().at(4));
    if (described.note().isEmpty() && described.input().hasResolution()) {
      shapes.add(resized(network, described));
    }
    for (Shape shape : shapes) {
      for (Mode mode : List.of(Mode.DECOMPOSED, Mode.CPU_NO_GRAD)) {
        assertThat(arithmetic(described.forward(mode, shape)))
            .as("%s at %s", name, shape)
            .isEqualTo(arithmetic(network.forward(mode, shape)));
      }
    }
  }

  /** A resolution that was not looked at when the description was written, where both take it. */
  private static Shape resized(Network network, Network described) {
    try {
      long height = network.input().height() + 160;
      long width = network.input().width() + 192;
      network.input().at(2, height, width);
      return described.input().at(2, height, width);
    } catch (IllegalArgumentException e) {
      return network.input().shape();
    }
  }

  /** Paths, classes, parameters and buffers of every module. */
  private static List<String> modules(Network network) {
    List<String> lines = new ArrayList<>();
    for (Module module : network.modules()) {
      lines.add(
          "%s %s %s %s"
              .formatted(
                  network.path(module),
                  module.type().qualifiedName(),
                  module.parameters(),
                  module.buffers()));
    }
    return lines;
  }

  private static List<Long> arithmetic(ForwardPass pass) {
    List<Long> sums = new ArrayList<>();
    for (Label label : Label.values()) {
      long sum = 0;
      for (int i = 0; i < pass.size(); i++) {
        sum += pass.call(i).arithmetic(label);
      }
      sums.add(sum);
    }
    return sums;
  }

  /** Sizes are said in terms of the input, so that the description follows it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"resnet18", "shufflenet_v2_x1_0", "deeplabv3_resnet50", "unet", "yolov5n"})
  void convolutionalNetwork_takesAnyResolution(String name) {
    Network network = DescriptionTest.read(Conversion.describe(Zoo.build(name)));
    assertThat(network.note()).isEmpty();
    assertThat(network.input().at(7, 416, 320).toString()).isEqualTo("7x3x416x320");
  }

  /** Swin pads windows that do not divide the input: at other sizes it calls other things. */
  @ParameterizedTest
  @CsvSource({"swin_t, 1x3x224x224", "maxvit_t, ''"})
  void networkThatChangesWithItsInput_saysWhereItHolds(String name, String written) {
    Network network = DescriptionTest.read(Conversion.describe(Zoo.build(name)));
    assertThat(network.note())
        .isEqualTo(
            written.isEmpty()
                ? ""
                : "written at %s: holds at no other resolution".formatted(written));
    assertThat(network.input().at(8).size(0)).isEqualTo(8);
  }

  @Test
  void handwrittenDescription_isWrittenWithSharedAndFrozenPartsKept() {
    String text =
        """
        {"input": [1, 8],
         "modules": {"a": "Linear(8, 8)", "b": "self.a", "c": "Linear(8, 8).requires_grad_(False)",
                     "head": "Linear(8, 8, bias=False)", "unused": "Linear(3, 3)"},
         "tie": {"head.weight": "a.weight"},
         "forward": ["return head(c(b(a(x))))"]}
        """;
    Network network = DescriptionTest.read(text);
    Network again = DescriptionTest.read(Conversion.describe(network));
    assertThat(modules(again)).isEqualTo(modules(network));
    assertThat(again.parameters()).isEqualTo(network.parameters()).isEqualTo(72 + 72 + 12);
    assertThat(again.trainableParameters()).isEqualTo(network.trainableParameters());
  }
}
