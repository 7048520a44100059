package org.whichflops.convention.ptflops;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds ptflops' texts against what ptflops printed. */
class PtflopsStyleTest extends GoldenStyleTest {
  private static final List<String> FEW =
      List.of("alexnet", "mobilenet_v2", "resnet18", "Repeated", "Wide");
  private static final List<String> MORE =
      List.of("alexnet", "mobilenet_v2", "resnet18", "resnet50", "vit_b_16", "Repeated", "Wide");

  private static final List<String> MOST =
      Stream.concat(
              MORE.stream(),
              Stream.of("convnext_tiny", "densenet121", "googlenet", "mobilenet_v3_large"))
          .toList();

  /** Of which models each version's text was recorded. */
  private static final Map<String, List<String>> RECORDED =
      Map.ofEntries(
          Map.entry("ptflops", MORE),
          Map.entry("ptflops-aten", MOST),
          Map.entry("ptflops-0.7.4", FEW),
          Map.entry("ptflops-0.7.2.2", MORE),
          Map.entry("ptflops-0.7.1", FEW),
          Map.entry("ptflops-0.7", MORE),
          Map.entry("ptflops-0.6.9", MORE),
          Map.entry("ptflops-0.6.8", FEW),
          Map.entry("ptflops-0.6.7", FEW),
          Map.entry("ptflops-0.6.6", MORE),
          Map.entry("ptflops-0.6.4", MORE),
          Map.entry("ptflops-0.5.2", FEW),
          Map.entry("ptflops-0.4", FEW));

  PtflopsStyleTest() {
    super(new PtflopsFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return RECORDED.entrySet().stream()
        .flatMap(
            recorded ->
                recorded.getValue().stream()
                    .map(
                        model ->
                            new RecordedText(
                                recorded.getKey(),
                                model,
                                "text/%s/%s.txt.gz".formatted(recorded.getKey(), model))));
  }
}
