package org.whichflops.format.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;

/** Every layer of every fixture against what Keras said of it: paths, shapes, parameters. */
class KerasGoldenTest {
  /** A layer as Keras knows it. */
  record Layer(String model, String path, String shape, long params, long trainable, int calls) {}

  static Stream<String> models() throws IOException {
    return new TreeSet<>(golden().stream().map(Layer::model).toList())
        .stream().filter(model -> !isLeftOut(model));
  }

  /** Three of the models that Keras was asked about are not among the files. */
  private static boolean isLeftOut(String model) {
    return KerasGoldenTest.class.getResource(model + ".keras") == null;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyLayer_hasKerasPathShapesAndParameters(String model) throws IOException {
    Network network = read(model + ".keras");
    Shape input = model.equals("dyn_cnn") ? network.input().at(1, 96, 80) : network.input().shape();
    ForwardPass pass = network.forward(Mode.DECOMPOSED, input);
    Map<String, Module> modules = new LinkedHashMap<>();
    network
        .modules()
        .forEach(module -> modules.put(network.path(module).replace('.', '/'), module));
    for (Layer layer : golden()) {
      if (layer.model().equals(model)) {
        Module module = modules.remove(layer.path());
        assertThat(module).as(layer.path()).isNotNull();
        assertThat(Network.parametersOf(module, false)).as(layer.path()).isEqualTo(layer.params());
        assertThat(Network.parametersOf(module, true))
            .as(layer.path())
            .isEqualTo(layer.trainable());
        if (layer.calls() > 0 && !model.equals("dyn_cnn")) {
          assertThat(outputs(pass, module)).as(layer.path()).startsWith(layer.shape());
        }
      }
    }
    modules.remove("");
    assertThat(modules).as("modules that Keras does not have").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void sweep_overBatches_keepsParametersAndScalesOutputs(String model) throws IOException {
    Network network = read(model + ".keras");
    Shape three = network.input().at(3);
    Shape output = network.forward(Mode.DECOMPOSED, three).call(0).output(0).shape();
    Shape single =
        network.forward(Mode.DECOMPOSED, network.input().at(1)).call(0).output(0).shape();
    long[] sizes = single.sizes();
    sizes[0] = 3;
    assertThat(output).isEqualTo(Shape.of(sizes));
  }

  /** All calls of a module, as the golden table joins them. */
  private static String outputs(ForwardPass pass, Module module) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() == module) {
        List<String> tensors = new ArrayList<>();
        for (int o = 0; o < call.outputCount(); o++) {
          tensors.add(call.output(o).shape().toString());
        }
        calls.add(String.join("&", tensors));
      }
    }
    return String.join(" | ", calls);
  }

  static Network read(String resource) throws IOException {
    try (InputStream stream = KerasGoldenTest.class.getResourceAsStream(resource);
        Content content = Content.of(resource, stream)) {
      return ModelFiles.read(content);
    }
  }

  private static List<Layer> golden() throws IOException {
    List<Layer> layers = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    KerasGoldenTest.class.getResourceAsStream("keras-golden.csv.gz")),
                StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        List<String> cells = cells(line);
        layers.add(
            new Layer(
                cells.get(0),
                cells.get(2),
                shape(cells.get(6)),
                Long.parseLong(cells.get(7)),
                Long.parseLong(cells.get(8)),
                Integer.parseInt(cells.get(10))));
      }
    }
    return layers;
  }

  /** {@code [None, 8] | [None, 8]} as {@code 1x8 | 1x8}; several outputs joined by {@code &}. */
  private static String shape(String text) {
    return text.replace("[[", "[")
        .replace("]]", "]")
        .replace("], [", "&")
        .replace("[", "")
        .replace("]", "")
        .replace(", ", "x")
        .replace("None", "1");
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
