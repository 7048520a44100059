package org.whichflops.convention.deepspeed;

import java.util.ArrayList;
import java.util.List;

/**
 * A text of DeepSpeed's profiler without the times of the machine it was recorded on: each becomes
 * n/a, and so do its share and the speed that follow from it. All else stays, byte for byte.
 */
final class Untimed {
  private static final String TIME = "[0-9.]+ (?:s|ms|us)";
  private static final String SPEED = "[0-9.]+ [KMGT]?FLOPS";

  /** Where ours says no more than this: which class took longest is not known. */
  private static final String SLOWEST = "    fwd latency - n/a";

  private Untimed() {}

  /** The recorded text, made comparable with ours. */
  static String of(String recorded, String ours) {
    List<String> lines = new ArrayList<>();
    String[] our = ours.split("\n", -1);
    for (String line : recorded.split("\n", -1)) {
      boolean slowest = lines.size() < our.length && our[lines.size()].equals(SLOWEST);
      lines.add(
          slowest
              ? line.replaceFirst("^    fwd latency - \\{'\\w+': '" + TIME + "'\\}$", SLOWEST)
              : untimed(line));
    }
    return String.join("\n", lines);
  }

  private static String untimed(String line) {
    return line.replaceFirst("^(fwd latency: +)" + TIME + " *$", "$1n/a     ")
        .replaceFirst("^(fwd FLOPS per GPU = .*: +)" + SPEED + "$", "$1n/a     ")
        .replaceFirst("^(    fwd latency - \\{'\\w+': ')" + TIME + "'\\}$", "$1n/a'}")
        // what took no time, and the whole's share of itself, are known
        .replaceFirst(" (?!0 s = )" + TIME + " = 100% latency, ", " n/a = 100% latency, ")
        .replaceFirst(" (?!0 s = )" + TIME + " = [0-9.]+% latency, ", " n/a = n/a% latency, ")
        // and so is the speed of what counts nothing
        .replaceFirst("% latency, (?!0 FLOPS)" + SPEED, "% latency, n/a");
  }
}
