package org.whichflops.cli;

import java.util.List;
import org.whichflops.report.compare.Resolution;
import picocli.CommandLine.Option;

/** Batches and resolutions. */
final class InputOptions {
  @Option(
      names = {"-b", "--batch"},
      paramLabel = "N,...",
      split = ",",
      description = "Batch sizes. Default: the model's own, 1.")
  private List<String> batches = List.of();

  @Option(
      names = {"-r", "--resolution"},
      paramLabel = "SIZE,...",
      split = ",",
      description =
          "Sides such as 224, or height x width such as 192x256. Default: the model's own.")
  private List<String> resolutions = List.of();

  List<Long> batches() {
    return batches.stream().map(text -> batch(text.trim())).toList();
  }

  List<Resolution> resolutions() {
    return resolutions.stream().map(text -> Resolution.parse(text.trim())).toList();
  }

  private static long batch(String text) {
    try {
      long batch = Long.parseLong(text);
      if (batch >= 1) {
        return batch;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw new RequestException("batch '%s' is not a whole number of 1 or more".formatted(text));
  }
}
