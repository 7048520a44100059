package org.whichflops.convention;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * The calls that a counter counts one by one, in the order of the pass. As good as {@link Seen}.
 */
final class SeenCalls extends AbstractList<Call> {
  private static final int NOT_SEEN = -1;

  private final ForwardPass pass;
  private final List<Seen.Share> shares;

  /** Each call's index in the pass, and its share. */
  private final int[] indices;

  private final int[] shareOf;

  /** Where the calls of each share stand among all. */
  private final int[][] places;

  private final long[] amounts;

  SeenCalls(ForwardPass pass, List<Seen.Share> shares) {
    this.pass = pass;
    this.shares = shares;
    int[] shareAt = new int[pass.size()];
    Arrays.fill(shareAt, NOT_SEEN);
    int size = 0;
    places = new int[shares.size()][];
    for (int share = 0; share < places.length; share++) {
      int[] calls = shares.get(share).indices();
      for (int index : calls) {
        shareAt[index] = share;
      }
      places[share] = new int[calls.length];
      size += calls.length;
    }
    indices = new int[size];
    shareOf = new int[size];
    amounts = new long[size];
    int[] placed = new int[places.length];
    int i = 0;
    for (int index = 0; index < shareAt.length; index++) {
      int share = shareAt[index];
      if (share != NOT_SEEN) {
        indices[i] = index;
        shareOf[i] = share;
        places[share][placed[share]++] = i++;
      }
    }
  }

  @Override
  public Call get(int i) {
    return pass.call(indices[i]);
  }

  @Override
  public int size() {
    return indices.length;
  }

  boolean isModule(int i) {
    return share(i).ofModules();
  }

  private Seen.Share share(int i) {
    return shares.get(shareOf[i]);
  }

  /** What a call comes to, as often as it is added. */
  long amount(int i) {
    Seen.Share share = share(i);
    long value = share.rule().formula().value(get(i));
    return share.times() == 1 ? value : Math.multiplyExact(share.times(), value);
  }

  Tally.Line line(int i) {
    return new Tally.Line(indices[i], share(i).rule(), share(i).times(), amount(i));
  }

  /** What each call comes to when it is added once; good until it is asked again. */
  long[] amounts() {
    Arrays.fill(amounts, 0);
    for (int share = 0; share < places.length; share++) {
      shares.get(share).sum().addTo(amounts, places[share]);
    }
    return amounts;
  }
}
