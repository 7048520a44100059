package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.zoo.Zoo;

/** A converted model counts the same as the model under every installed convention. */
class ConvertCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet",
        "vgg16_bn",
        "resnet50",
        "resnext50_32x4d",
        "densenet121",
        "googlenet",
        "inception_v3",
        "squeezenet1_0",
        "mobilenet_v2",
        "mobilenet_v3_large",
        "mnasnet1_0",
        "shufflenet_v2_x1_0",
        "efficientnet_b0",
        "regnet_x_400mf",
        "convnext_tiny",
        "vit_b_32",
        "swin_t",
        "swin_v2_t",
        "maxvit_t",
        "r3d_18",
        "hrnet_w18_small_v1",
        "gpt2",
        "ssd300_vgg16",
        "lraspp_mobilenet_v3_large",
        "mobilenet_v2(width_mult=0.75)"
      })
  void convertedModel_countsTheSameUnderEveryConvention(String model) throws IOException {
    Path file = folder.resolve("net.json");
    assertThat(run("convert", model, "-o", file.toString())).isEqualTo("0");
    Network network = Zoo.build(model);
    Network described = read(file);
    List<Shape> shapes =
        new ArrayList<>(List.of(described.input().shape(), described.input().at(3)));
    if (described.note().isEmpty() && network.input().hasResolution()) {
      addResized(network, described, shapes);
    }
    for (Convention convention : Conventions.installed().all()) {
      Counter expected = convention.counter(network);
      Counter actual = convention.counter(described);
      for (Shape shape : shapes) {
        assertThat(says(actual, described, described.forward(convention.mode(), shape)))
            .as("%s of %s at %s", convention, model, shape)
            .isEqualTo(says(expected, network, network.forward(convention.mode(), shape)));
      }
    }
  }

  private static void addResized(Network network, Network described, List<Shape> shapes) {
    try {
      long height = network.input().height() + 64;
      network.input().at(1, height, height + 32);
      shapes.add(described.input().at(1, height, height + 32));
    } catch (IllegalArgumentException e) {
      // of one size only
    }
  }

  /** Total and parameters, or why there are none. */
  private static String says(Counter counter, Network network, ForwardPass pass) {
    try {
      return counter.total(pass) + " with " + counter.parameters(pass) + " parameters";
    } catch (ToolFailureException e) {
      return String.valueOf(e.getMessage()).replace(network.name(), "the network");
    }
  }

  private static Network read(Path file) throws IOException {
    try (Content content = Content.of(file)) {
      return ModelFiles.read(content);
    }
  }

  @Test
  void convertedModel_isCountedLikeAnyOther() throws IOException {
    Path file = folder.resolve("net.json");
    assertThat(run("convert", "resnet18", "-o", file.toString())).isEqualTo("0");
    assertThat(run("compare", file.toString(), "-c", "mac", "--format", "csv", "-r", "224,256"))
        .contains(
            "net.json,1,224,224,11689512,1814073344",
            // 1814073344 less the last layer's 512000, by 256^2 / 224^2 = 64 / 49, and the layer
            // again
            "net.json,1,256,256,11689512,2369245184");
  }

  @Test
  void mistakeInADescription_isOneLineAndStatus2() throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(file, "{\"input\": [1, 8], \"modules\": [\"Linaer(8, 4)\"]}");
    assertThat(run("compare", file.toString()))
        .isEqualTo(
            "2whichflops: net.json: line 1, column 32: module 'Linaer' is not known; "
                + "did you mean 'Linear'?\n");
  }

  /** Exit status, output and error in one text. */
  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(out, new PrintWriter(err, true), arguments);
    return status + out.toString() + err.toString().replace("\r\n", "\n");
  }
}
