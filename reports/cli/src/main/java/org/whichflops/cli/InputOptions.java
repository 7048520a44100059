package org.whichflops.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Resolution;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Batches and resolutions.
 *
 * @param batches batch sizes, none for the model's own
 * @param resolutions heights and widths, none for the model's own
 */
record InputOptions(List<Long> batches, List<Resolution> resolutions) {
  /** Declares the options. */
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Specs.values("N,...", "Batch sizes. Default: the model's own, 1.", "-b", "--batch"));
    spec.addOption(
        Specs.values(
            "SIZE,...",
            "Sides such as 224, or height x width such as 192x256. Default: the model's own.",
            "-r",
            "--resolution"));
  }

  /** Reads the options. */
  static InputOptions of(ParseResult request) {
    return new InputOptions(batches(request, "-b"), resolutions(request, "-r"));
  }

  /** The batch sizes of an option; none where it is not given. */
  static List<Long> batches(ParseResult request, String option) {
    List<Long> batches = new ArrayList<>();
    for (String part : parts(request, option)) {
      batches.add(batch(part));
    }
    return batches;
  }

  /** The resolutions of an option; none where it is not given. */
  static List<Resolution> resolutions(ParseResult request, String option) {
    List<Resolution> resolutions = new ArrayList<>();
    for (String part : parts(request, option)) {
      resolutions.add(Resolution.parse(part));
    }
    return resolutions;
  }

  private static List<String> parts(ParseResult request, String option) {
    Object given = request.matchedOptionValue(option, List.of());
    List<String> parts = new ArrayList<>();
    for (Object text : given instanceof List<?> list ? list : List.of(given)) {
      for (String part : String.valueOf(text).split(",", -1)) {
        parts.add(part.trim());
      }
    }
    return parts;
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

  /**
   * The one input asked for.
   *
   * @param command what shows one input only, for the message
   */
  Shape only(Network network, String command) {
    Long batch = only(batches, "--batch", command);
    Resolution resolution = only(resolutions, "--resolution", command);
    InputSize input = network.input();
    long n = batch == null ? input.batch() : batch;
    return resolution == null ? input.at(n) : input.at(n, resolution.height(), resolution.width());
  }

  private static <T> @Nullable T only(List<T> values, String option, String command) {
    if (values.size() > 1) {
      throw new RequestException(
          "%s shows one input; %s has %d values".formatted(command, option, values.size()));
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
