package org.whichflops.report.identify;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.report.compare.Resolution;

/**
 * A network to try a claim on.
 *
 * @param network the network
 * @param batches batches to try; none for its own
 * @param resolutions resolutions to try; none for its own
 * @param change what was done to it, in words; empty for nothing
 * @param rank how far-fetched that is
 */
record Variant(
    Network network, List<Long> batches, List<Resolution> resolutions, String change, int rank) {

  /**
   * Counts every input of it.
   *
   * @param point of its network
   */
  List<CountedInput> count(Point point) {
    List<CountedInput> counted = new ArrayList<>();
    for (long batch : batches.isEmpty() ? List.of(network.input().batch()) : batches) {
      if (resolutions.isEmpty()) {
        point.count(batch, null);
        counted.add(CountedInput.of(point, change, rank));
      }
      for (Resolution resolution : resolutions) {
        point.count(batch, resolution);
        counted.add(CountedInput.of(point, change, rank));
      }
    }
    return counted;
  }
}
