package org.whichflops.format.keras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;

/**
 * Reads whatever comes as a Keras model: a network or a FormatException, nothing else and in
 * bounded time. {@code mvn verify -Pfuzz -pl engine/formats -am -Dtest=KerasFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false} looks for more than the seeds.
 */
class KerasFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void model_isReadOrRefused(byte[] bytes) throws IOException {
    try (Content content = Content.of("fuzz.keras", new ByteArrayInputStream(bytes))) {
      KerasFormat format = new KerasFormat();
      if (format.recognises(content)) {
        Network network = format.read(content);
        network.forward(Mode.CPU_NO_GRAD, network.input().at(3));
      }
    } catch (FormatException | ShapeException | IllegalArgumentException e) {
      // refused, in one line
    }
  }
}
