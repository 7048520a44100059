package org.whichflops.report.compare;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link BatchLaw} of a network at each resolution, so that a sweep over many batches
 * runs it at two of them at most.
 *
 * <p>One count tells a convention's line where it is known for whatever input ({@link
 * org.whichflops.convention.Counter#slope}). Two counts always lie on a straight line; theirs is
 * trusted where the counter says so ({@link org.whichflops.convention.Counter#course}): where sizes
 * of tensors are the same or a multiple at both batches, and nothing made of them is rounded.
 * Beside that, every batch of the sweep is counted at one resolution for everything that the
 * network calls ({@link Point#structure}). What counts otherwise is counted point by point.
 */
final class BatchLaws {
  /** Below, there is nothing to gain. */
  private static final int LEAST_BATCHES = 3;

  /** What is kept at most, in numbers; a sweep's memory does not grow. */
  private static final long MOST_KEPT = 1 << 18;

  private final Point point;
  private final long[] batches;

  /** By structure, the conventions whose counts lay on a line. */
  private final Map<List<Integer>, boolean[]> known = new HashMap<>();

  /** The structures in which laws of one run were tested. */
  private final Set<List<Integer>> ofOneRun = new HashSet<>();

  /** Finds them for the network of a point, which is counted over and over. */
  BatchLaws(Point point, List<Long> batches) {
    this.point = point;
    this.batches = distinct(batches);
  }

  private static long[] distinct(List<Long> batches) {
    return batches.stream().mapToLong(Long::longValue).distinct().toArray();
  }

  /** Whether a sweep is to look for laws at all. */
  static boolean areWorthIt(Sweep sweep) {
    return sweep.batches().size() >= LEAST_BATCHES
        && distinct(sweep.batches()).length >= LEAST_BATCHES
        && (long) sweep.resolutions().size() * sweep.conventions().size() <= MOST_KEPT;
  }

  /** For how many networks laws may be kept at once, 1 or more. */
  static int networksAtOnce(Sweep sweep, int wanted) {
    long each = (long) Math.max(1, sweep.resolutions().size()) * sweep.conventions().size();
    return (int) Math.max(1, Math.min(wanted, MOST_KEPT / each));
  }

  /** The law at a resolution, or null where no convention has one. */
  @Nullable BatchLaw at(@Nullable Resolution resolution) {
    point.count(batches[0], resolution);
    if (!point.counted()) {
      return null;
    }
    List<Integer> structure = point.structure();
    boolean[] lawful = known.get(structure);
    BatchLaw one = lawful == null ? null : BatchLaw.through(point, lawful);
    if (one != null) {
      return ofOneRun.add(structure) ? tested(one, structure, 1, resolution) : one;
    }
    point.keep();
    Point first = point.copy();
    point.count(batches[1], resolution);
    if (!point.counted() || !point.structure().equals(structure)) {
      return null;
    }
    BatchLaw two = BatchLaw.through(first, point);
    return lawful == null ? tested(two, structure, 2, resolution) : two.only(lawful);
  }

  /** Leaves out, here and for the structure, what does not hold at each of the other batches. */
  private @Nullable BatchLaw tested(
      BatchLaw law, List<Integer> structure, int from, @Nullable Resolution resolution) {
    BatchLaw left = law;
    for (int i = from; i < batches.length; i++) {
      point.count(batches[i], resolution);
      if (!point.structure().equals(structure)) {
        return null;
      }
      left = left.only(left.holdsAt(point));
    }
    known.put(structure, left.lawful());
    return left;
  }
}
