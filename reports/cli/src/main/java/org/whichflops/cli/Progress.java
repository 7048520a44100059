package org.whichflops.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * How far work has come, where somebody looks at standard error: from its second second on, with an
 * estimate of the rest, and gone when it is done.
 */
final class Progress implements AutoCloseable {
  /** Nanoseconds in which nothing is shown. */
  static final long QUIET = TimeUnit.SECONDS.toNanos(1);

  private final @Nullable PrintWriter err;
  private final String task;
  private final long total;
  private final long quiet;
  private final long began = System.nanoTime();
  private long done;
  private @Nullable Bar bar;

  /**
   * Begins.
   *
   * @param err where it is shown; null where nobody looks
   * @param task a word for the work
   * @param total its steps
   * @param quiet nanoseconds in which nothing is shown
   */
  Progress(@Nullable PrintWriter err, String task, long total, long quiet) {
    this.err = err;
    this.task = task;
    this.total = total;
    this.quiet = quiet;
  }

  /** Begins, if standard error is a terminal. */
  static Progress of(ParseResult request, String task, long total) {
    PrintWriter err = request.commandSpec().commandLine().getErr();
    return new Progress(Terminal.of(request).isErr() ? err : null, task, total, QUIET);
  }

  /** One step is done. */
  void step() {
    done++;
    if (err == null) {
      return;
    }
    if (bar == null && done < total && System.nanoTime() - began > quiet) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
      bar = new Bar(err, task, done, total, elapsed);
    }
    if (bar != null) {
      bar.bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** The library's bar; loaded only where work is long. */
  private static final class Bar {
    private static final int INTERVAL_MILLIS = 200;

    private final Line line;
    private final ProgressBar bar;

    Bar(PrintWriter err, String task, long done, long total, Duration elapsed) {
      line = new Line(err);
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .startsFrom(done, elapsed)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(INTERVAL_MILLIS)
              .setConsumer(line)
              .build();
    }

    /** The library itself would leave a bar that was shown once. */
    void close() {
      bar.close();
      line.clear();
    }
  }

  /** One line of a terminal, written over and over. */
  private record Line(PrintWriter err) implements ProgressBarConsumer {
    private static final int WIDTH = 72;

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String line) {
      err.print('\r' + line);
      err.flush();
    }

    @Override
    public void clear() {
      accept(" ".repeat(WIDTH) + '\r');
    }

    @Override
    public void close() {
      // standard error stays open
    }
  }
}
