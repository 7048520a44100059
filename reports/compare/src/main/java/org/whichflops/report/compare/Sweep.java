package org.whichflops.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * Every network at every batch and resolution, under every convention.
 *
 * @param networks what is counted
 * @param batches batch sizes; none stands for each network's own
 * @param resolutions heights and widths; none stands for each network's own
 * @param conventions how it is counted, a column each
 */
public record Sweep(
    List<Network> networks,
    List<Long> batches,
    List<Resolution> resolutions,
    List<Convention> conventions) {
  /** Cells that are worth threads where they share a network. */
  private static final int WORTH_SHARING = 1000;

  /** Inputs that are worth threads where each has networks of its own. */
  private static final int WORTH_THREADS = 16;

  /** Keeps the lists as they are. */
  public Sweep {
    networks = List.copyOf(networks);
    batches = List.copyOf(batches);
    resolutions = List.copyOf(resolutions);
    conventions = List.copyOf(conventions);
  }

  /** Inputs of a network for which it is worth while to find out what holds for all. */
  private static final int MANY_INPUTS = 8;

  /** Takes one point after the other; a point is overwritten by the next. */
  @FunctionalInterface
  public interface PointSink {
    /** Takes a point. */
    void point(Point point) throws IOException;

    /** Whether it asks for {@link Point#statedParameters}, which some tools find out at length. */
    default boolean asksForParameters() {
      return true;
    }
  }

  /** Counts everything, networks outermost, then batches, then resolutions. */
  public void run(PointSink sink) throws IOException {
    Map<Mode, ForwardPass> passes = new HashMap<>();
    List<@Nullable Resolution> sides = resolutionsOrOwn();
    for (Network network : networks) {
      Point point = point(network, passes, sink);
      List<@Nullable BatchLaw> laws = laws(point, sides);
      for (long batch : batchesOrOwn(network)) {
        for (int i = 0; i < sides.size(); i++) {
          point.count(batch, sides.get(i), laws.get(i));
          sink.point(point);
        }
      }
    }
  }

  /** Where a network is counted, at one input after the other. */
  Point point(Network network, Map<Mode, ForwardPass> passes, PointSink sink) {
    Point point = new Point(network, conventions, passes);
    if (!sink.asksForParameters()) {
      point.leaveOutParameters();
    }
    if (inputs() >= MANY_INPUTS) {
      point.expectManyInputs();
    }
    return point;
  }

  /** What holds at each resolution for every batch; null where nothing does. */
  List<@Nullable BatchLaw> laws(Point point, List<@Nullable Resolution> sides) {
    if (!BatchLaws.areWorthIt(this)) {
      return Collections.nCopies(sides.size(), null);
    }
    BatchLaws laws = new BatchLaws(point, batches);
    List<@Nullable BatchLaw> found = new ArrayList<>();
    sides.forEach(side -> found.add(laws.at(side)));
    return found;
  }

  /**
   * Counts everything on several threads; the sink is called on this one, in the order of {@link
   * #run(PointSink)}.
   *
   * @param jobs how many threads count, 1 or more
   */
  public void run(int jobs, PointSink sink) throws IOException {
    if (jobs == 1 || !isLong()) {
      run(sink);
    } else {
      new ParallelSweep(this, jobs, sink).run();
    }
  }

  /** Whether there are points enough that threads are worth their start. */
  private boolean isLong() {
    long all = inputs() * networks.size();
    return all * conventions.size() >= WORTH_SHARING
        || (networks.size() >= 4 && all >= WORTH_THREADS);
  }

  /** The inputs of each network. */
  private long inputs() {
    return (long) Math.max(1, batches.size()) * Math.max(1, resolutions.size());
  }

  /** The batches, a network's own where none was asked for. */
  List<Long> batchesOrOwn(Network network) {
    return batches.isEmpty() ? List.of(network.input().batch()) : batches;
  }

  /** The first batch that a network is counted at. */
  public long firstBatch(Network network) {
    return batches.isEmpty() ? network.input().batch() : batches.get(0);
  }

  /** The resolutions, null for a network's own where none was asked for. */
  public List<@Nullable Resolution> resolutionsOrOwn() {
    List<@Nullable Resolution> all = new ArrayList<>(resolutions);
    if (all.isEmpty()) {
      all.add(null);
    }
    return all;
  }

  /**
   * The input of a network.
   *
   * @param resolution null for the network's own
   * @throws IllegalArgumentException where the network takes others only, saying which
   */
  public static Shape input(Network network, long batch, @Nullable Resolution resolution) {
    return resolution == null
        ? network.input().at(batch)
        : network.input().at(batch, resolution.height(), resolution.width());
  }
}
