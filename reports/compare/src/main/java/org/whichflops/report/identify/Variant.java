package org.whichflops.report.identify;

import java.util.List;
import org.whichflops.engine.nn.Network;
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
    Network network, List<Long> batches, List<Resolution> resolutions, String change, int rank) {}
