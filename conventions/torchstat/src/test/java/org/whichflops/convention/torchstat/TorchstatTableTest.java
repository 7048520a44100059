package org.whichflops.convention.torchstat;

import java.util.stream.Stream;
import org.whichflops.engine.shape.Shape;
import org.whichflops.golden.GoldenStyleTest;

/**
 * Holds torchstat's tables and totals against those recorded for one model after the other in one
 * process. The lines above them are repeated there, the more so the later a model came.
 */
class TorchstatTableTest extends GoldenStyleTest {
  TorchstatTableTest() {
    super(new TorchstatFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.of(
            "alexnet",
            "densenet121",
            "googlenet",
            "inception_v3",
            "mnasnet1_0",
            "mobilenet_v2",
            "mobilenet_v3_large",
            "resnet18",
            "resnet50",
            "shufflenet_v2_x1_0",
            "squeezenet1_1")
        .map(
            model ->
                new RecordedText(
                    "torchstat",
                    model,
                    model.equals("inception_v3")
                        ? Shape.of(1, 3, 299, 299)
                        : Shape.of(1, 3, 224, 224),
                    "text/%s.txt.gz".formatted(model)));
  }

  @Override
  protected void compare(String text, String recorded) {
    TorchstatStyleTest.assertSameButForShares(table(text), table(recorded));
  }

  private static String table(String text) {
    return text.replaceAll("(?m)^\\[.*\\n", "");
  }
}
