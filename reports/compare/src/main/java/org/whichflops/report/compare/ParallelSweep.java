package org.whichflops.report.compare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * Counts the points of a sweep on several threads, a piece of them at a time, and hands them on in
 * order. A few pieces wait at most, however long the sweep is.
 */
final class ParallelSweep {
  /** Large enough that handing it over costs nothing beside counting it. */
  private static final int PIECE = 64;

  private static final int PIECES_A_THREAD = 3;

  private final Sweep sweep;
  private final int jobs;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();
  private final Queue<Future<List<Point>>> waiting = new ArrayDeque<>();

  ParallelSweep(Sweep sweep, int jobs) {
    this.sweep = sweep;
    this.jobs = jobs;
  }

  /** One input of a network; no resolution stands for the network's own. */
  private record Place(Network network, long batch, @Nullable Resolution resolution) {}

  /** What a thread counts with: passes, and counters of the network it was last at. */
  private final class Worker {
    private final Map<Mode, ForwardPass> passes = new HashMap<>();
    private @Nullable Point point;

    List<Point> count(List<Place> places) {
      List<Point> counted = new ArrayList<>(places.size());
      for (Place place : places) {
        Point at = point;
        if (at == null || at.network() != place.network) {
          at = new Point(place.network, sweep.conventions(), passes);
          point = at;
        }
        at.count(place.batch, place.resolution);
        counted.add(at.copy());
      }
      return counted;
    }
  }

  void run(Sweep.PointSink sink) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            jobs,
            task -> {
              Thread thread = new Thread(task, "sweep");
              thread.setDaemon(true); // an end of the program does not wait for it
              return thread;
            });
    try {
      List<Place> piece = new ArrayList<>();
      for (Network network : sweep.networks()) {
        List<Long> own = List.of(network.input().batch());
        for (long batch : sweep.batches().isEmpty() ? own : sweep.batches()) {
          for (Resolution resolution : resolutions()) {
            piece.add(new Place(network, batch, resolution));
            if (piece.size() == PIECE) {
              submit(threads, piece, sink);
              piece = new ArrayList<>();
            }
          }
        }
      }
      submit(threads, piece, sink);
      while (!waiting.isEmpty()) {
        handOn(sink);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The resolutions, null for a network's own where there is none. */
  private List<@Nullable Resolution> resolutions() {
    List<@Nullable Resolution> all = new ArrayList<>(sweep.resolutions());
    if (all.isEmpty()) {
      all.add(null);
    }
    return all;
  }

  private void submit(ExecutorService threads, List<Place> piece, Sweep.PointSink sink)
      throws IOException {
    waiting.add(threads.submit(() -> count(piece)));
    if (waiting.size() > PIECES_A_THREAD * jobs) {
      handOn(sink);
    }
  }

  private List<Point> count(List<Place> piece) {
    Worker worker = idle.poll();
    if (worker == null) {
      worker = new Worker();
    }
    List<Point> points = worker.count(piece);
    idle.add(worker);
    return points;
  }

  /** Waits for the first piece; what failed in it fails here, after all points before it. */
  private void handOn(Sweep.PointSink sink) throws IOException {
    try {
      for (Point point : waiting.remove().get()) {
        sink.point(point);
      }
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
