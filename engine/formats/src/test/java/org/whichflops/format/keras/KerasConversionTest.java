package org.whichflops.format.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.format.description.Conversion;

/** A Keras model as a description keeps its layers, its arithmetic and its TensorFlow graph. */
class KerasConversionTest {
  @ParameterizedTest
  @MethodSource("org.whichflops.format.keras.KerasGoldenTest#models")
  void description_makesTheSameCalls(String model) throws IOException {
    Network network = KerasGoldenTest.read(model + ".keras");
    byte[] text = Conversion.describe(network).getBytes(StandardCharsets.UTF_8);
    try (Content content = Content.of("net.json", new ByteArrayInputStream(text))) {
      Network described = ModelFiles.read(content);
      assertThat(described.parameters()).isEqualTo(network.parameters());
      assertThat(described.input().height()).isEqualTo(network.input().height());
      assertThat(calls(described.forward(Mode.DECOMPOSED)))
          .isEqualTo(calls(network.forward(Mode.DECOMPOSED)));
    }
  }

  private static List<String> calls(ForwardPass pass) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee().kind() != Callee.Kind.OPERATOR) {
        calls.add(call.callee().key() + " " + call.output(0).shape());
      }
    }
    return calls;
  }
}
