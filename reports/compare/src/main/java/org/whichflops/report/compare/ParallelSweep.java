package org.whichflops.report.compare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * Counts the points of a sweep on several threads, a piece of them at a time, and hands them on in
 * order. A few pieces wait at most, however long the sweep is.
 *
 * <p>To look at a network for the first time costs as much as many runs, so where there are enough
 * networks for all threads, one thread has all of a network or most of it.
 */
final class ParallelSweep {
  /** Large enough that handing it over costs nothing beside counting it. */
  private static final int PIECE = 64;

  /** The same, for all threads together, where most of a network is one piece. */
  private static final int LARGE_PIECES = 2048;

  private static final int PIECES_A_THREAD = 3;

  /** Networks that are looked at before their turn. */
  private static final int NETWORKS_A_THREAD = 4;

  /** Resolutions whose laws are found together, where threads share a network. */
  private static final int LAW_PIECE = 16;

  private final Sweep sweep;
  private final Sweep.PointSink sink;
  private final int jobs;
  private final boolean manyNetworks;

  /** Workers by the network that they know, while it is looked at, and others. */
  private final IdentityHashMap<Network, Deque<Worker>> idle = new IdentityHashMap<>();

  private final Deque<Worker> others = new ArrayDeque<>();
  private final Queue<Future<List<Point>>> waiting = new ArrayDeque<>();

  ParallelSweep(Sweep sweep, int jobs, Sweep.PointSink sink) {
    this.sweep = sweep;
    this.sink = sink;
    this.jobs = jobs;
    this.manyNetworks = sweep.networks().size() >= 2 * jobs;
  }

  /**
   * One input of a network; no resolution stands for the network's own.
   *
   * @param law what need not be counted, or null
   */
  private record Place(
      Network network, long batch, @Nullable Resolution resolution, @Nullable BatchLaw law) {}

  /** What is counted with: passes, and counters of the network they were last at. */
  private final class Worker {
    private final Map<Mode, ForwardPass> passes = new HashMap<>();
    private @Nullable Point point;
    private @Nullable BatchLaws laws;

    private Point at(Network network) {
      Point at = point;
      if (at == null || at.network() != network) {
        at = sweep.point(network, passes, sink);
        point = at;
        laws = null;
      }
      return at;
    }

    List<Point> count(List<Place> places) {
      List<Point> counted = new ArrayList<>(places.size());
      for (Place place : places) {
        Point at = at(place.network);
        at.count(place.batch, place.resolution, place.law);
        counted.add(at.copy());
      }
      return counted;
    }

    List<@Nullable BatchLaw> laws(Network network, List<@Nullable Resolution> resolutions) {
      Point at = at(network);
      BatchLaws known = laws;
      if (known == null) {
        known = new BatchLaws(at, sweep.batches());
        laws = known;
      }
      List<@Nullable BatchLaw> found = new ArrayList<>(resolutions.size());
      for (Resolution resolution : resolutions) {
        found.add(known.at(resolution));
      }
      return found;
    }
  }

  void run() throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            jobs,
            task -> {
              Thread thread = new Thread(task, "sweep");
              thread.setDaemon(true); // an end of the program does not wait for it
              return thread;
            });
    try {
      List<Network> networks = sweep.networks();
      Queue<LawsToCome> laws = new ArrayDeque<>(); // found while others' points are handed on
      int ahead = BatchLaws.networksAtOnce(sweep, NETWORKS_A_THREAD * jobs);
      int asked = 0;
      for (int i = 0; i < networks.size(); i++) {
        for (; asked < networks.size() && asked <= i + ahead; asked++) {
          begin(networks.get(asked));
          laws.add(lawsOf(threads, networks.get(asked)));
        }
        run(threads, networks.get(i), laws.remove());
        if (i > 0) {
          end(networks.get(i - 1)); // few of its points, if any, are still to be counted
        }
      }
      while (!waiting.isEmpty()) {
        handOn();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void run(ExecutorService threads, Network network, LawsToCome laws) throws IOException {
    Point lawful = null;
    List<@Nullable Resolution> resolutions = sweep.resolutionsOrOwn();
    int most = manyNetworks ? largePiece() : PIECE;
    List<Place> piece = new ArrayList<>();
    for (long batch : sweep.batchesOrOwn(network)) {
      for (int i = 0; i < resolutions.size(); i++) {
        BatchLaw law = laws.at(i);
        if (law == null || !law.saysAll(batch)) {
          piece.add(new Place(network, batch, resolutions.get(i), law));
          if (piece.size() == most) {
            submit(threads, network, piece);
            piece = new ArrayList<>();
          }
          continue;
        }
        if (!piece.isEmpty()) {
          submit(threads, network, piece);
          piece = new ArrayList<>();
        }
        while (!waiting.isEmpty()) {
          handOn();
        }
        lawful = lawful == null ? law.first().copy() : lawful;
        lawful.count(batch, resolutions.get(i), law);
        sink.point(lawful);
      }
    }
    if (!piece.isEmpty()) {
      submit(threads, network, piece);
    }
  }

  /**
   * The laws of one network, a piece of its resolutions each; none where they are not sought.
   *
   * @param size of a piece
   */
  private record LawsToCome(int size, List<Future<List<@Nullable BatchLaw>>> pieces) {
    @Nullable BatchLaw at(int resolution) throws IOException {
      return pieces.isEmpty() ? null : result(pieces.get(resolution / size)).get(resolution % size);
    }
  }

  private LawsToCome lawsOf(ExecutorService threads, Network network) {
    int size = manyNetworks ? largePiece() : LAW_PIECE;
    List<Future<List<@Nullable BatchLaw>>> pieces = new ArrayList<>();
    if (BatchLaws.areWorthIt(sweep)) {
      List<@Nullable Resolution> all = sweep.resolutionsOrOwn();
      for (int from = 0; from < all.size(); from += size) {
        List<@Nullable Resolution> some = all.subList(from, Math.min(all.size(), from + size));
        pieces.add(threads.submit(() -> with(network, worker -> worker.laws(network, some))));
      }
    }
    return new LawsToCome(size, pieces);
  }

  private int largePiece() {
    return Math.max(PIECE, LARGE_PIECES / jobs);
  }

  private void submit(ExecutorService threads, Network network, List<Place> piece)
      throws IOException {
    waiting.add(threads.submit(() -> with(network, worker -> worker.count(piece))));
    if (waiting.size() > PIECES_A_THREAD * jobs) {
      handOn();
    }
  }

  /** Has a worker do something, if possible one that knows the network. */
  private <T> T with(Network network, Function<Worker, T> work) {
    Worker worker = take(network);
    try {
      return work.apply(worker);
    } finally {
      giveBack(network, worker);
    }
  }

  private synchronized Worker take(Network network) {
    Deque<Worker> known = idle.get(network);
    Worker worker = known == null ? null : known.poll();
    worker = worker == null ? others.poll() : worker;
    return worker == null ? new Worker() : worker;
  }

  private synchronized void giveBack(Network network, Worker worker) {
    idle.getOrDefault(network, others).push(worker);
  }

  private synchronized void begin(Network network) {
    idle.putIfAbsent(network, new ArrayDeque<>());
  }

  private synchronized void end(Network network) {
    Deque<Worker> free = idle.remove(network);
    if (free != null) {
      others.addAll(free);
    }
  }

  private void handOn() throws IOException {
    for (Point point : result(waiting.remove())) {
      sink.point(point);
    }
  }

  /** Waits for a piece; what failed in it fails here, after all points before it. */
  private static <T> T result(Future<T> piece) throws IOException {
    try {
      return piece.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }
}
