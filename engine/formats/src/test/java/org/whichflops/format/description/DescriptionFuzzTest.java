package org.whichflops.format.description;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;

/**
 * Reads whatever comes as a description: a network or a FormatException, nothing else and in
 * bounded time. {@code mvn verify -Pfuzz -pl engine/formats -am -Dtest=DescriptionFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false} looks for more than the seeds.
 */
class DescriptionFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void description_isReadOrRefused(byte[] bytes) throws IOException {
    try (Content content = Content.of("fuzz.json", new ByteArrayInputStream(bytes))) {
      Network network =
          new DescriptionFormat(
                  name -> {
                    throw new IllegalArgumentException("no zoo here");
                  })
              .read(content);
      network.forward(Mode.CPU_NO_GRAD, network.input().at(3));
    } catch (FormatException e) {
      // refused, in one line
    } catch (ShapeException | IllegalArgumentException e) {
      // read, but it does not take a batch of 3
    }
  }
}
