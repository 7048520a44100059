package org.whichflops.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/**
 * Writes the points of a sweep as a table.
 *
 * <p>An input that cannot run keeps its row, with the reason in the column {@code note}. Only where
 * nothing at all could be counted is that an error.
 */
public abstract sealed class ComparisonTable permits WideComparison, LongComparison {
  /** Rows that wait for one that is counted; after that many they are written all the same. */
  private static final int MOST_WAITING = 10_000;

  private final TableWriter table;
  private final List<@Nullable Object[]> refused = new ArrayList<>();
  private @Nullable String reason;
  private boolean begun;
  private boolean counted;

  private final @Nullable PointText coverage;

  ComparisonTable(TableWriter table, @Nullable PointText coverage) {
    this.table = table;
    this.coverage = coverage;
  }

  /** A text on what a convention made of a point. */
  @FunctionalInterface
  public interface PointText {
    /** The text; null for none. */
    @Nullable String of(Point point, int convention);
  }

  /** One row an input, with a column for each convention. */
  public static ComparisonTable wide(TableWriter table, List<Convention> conventions) {
    return wide(table, conventions, null);
  }

  /** One row an input and convention. */
  public static ComparisonTable longForm(TableWriter table) {
    return longForm(table, null);
  }

  /**
   * One row an input, with a column for each convention.
   *
   * @param coverage what stands in the column {@code coverage}; null for no such column
   */
  public static ComparisonTable wide(
      TableWriter table, List<Convention> conventions, @Nullable PointText coverage) {
    return new WideComparison(table, conventions, coverage);
  }

  /**
   * One row an input and convention.
   *
   * @param coverage what stands in the column {@code coverage}; null for no such column
   */
  public static ComparisonTable longForm(TableWriter table, @Nullable PointText coverage) {
    return new LongComparison(table, coverage);
  }

  /** The columns. */
  abstract List<Column> columns();

  /** Whether it shows the parameters that each convention states. */
  abstract boolean showsParameters();

  /** The rows of one point, given to {@link #row}. */
  abstract void rows(Point point) throws IOException;

  /**
   * Runs a sweep and writes it.
   *
   * @throws NothingCountedException where not one input could run; nothing is written then, unless
   *     those are many thousands
   */
  public final void write(Sweep sweep) throws IOException {
    write(sweep, 1);
  }

  /**
   * The same, counted on several threads.
   *
   * @param jobs how many, 1 or more
   * @throws NothingCountedException where not one input could run; nothing is written then
   */
  public final void write(Sweep sweep, int jobs) throws IOException {
    sweep.run(
        jobs,
        new Sweep.PointSink() {
          @Override
          public void point(Point point) throws IOException {
            ComparisonTable.this.point(point);
          }

          @Override
          public boolean asksForParameters() {
            return showsParameters();
          }
        });
    if (!counted) {
      throw new NothingCountedException(Objects.requireNonNullElse(reason, "nothing to count"));
    }
    table.close();
  }

  private void point(Point point) throws IOException {
    counted |= point.counted();
    if (!begun && (counted || refused.size() >= MOST_WAITING)) {
      begin();
    }
    if (!point.counted() && reason == null) {
      reason = point.network().name() + ": " + point.note(0);
    }
    rows(point);
  }

  /** Rows that were refused wait for the first that was not. */
  private void begin() throws IOException {
    begun = true;
    List<Column> columns = new ArrayList<>(columns());
    if (coverage != null) {
      columns.add(Column.prose("coverage"));
    }
    table.begin(columns);
    for (Object[] row : refused) {
      table.row(row);
    }
    refused.clear();
  }

  final void row(@Nullable Object[] cells) throws IOException {
    if (begun) {
      table.row(cells);
    } else {
      refused.add(cells.clone());
    }
  }

  /** What stands in the column {@code coverage}. */
  final @Nullable String coverage(Point point, int convention) {
    return coverage == null || point.value(convention) == Point.NONE
        ? null
        : coverage.of(point, convention);
  }

  /** The number of columns that are there only where they are asked for. */
  final int moreColumns() {
    return coverage == null ? 0 : 1;
  }

  static @Nullable Long size(long size) {
    return size == 0 ? null : (Long) size;
  }
}
