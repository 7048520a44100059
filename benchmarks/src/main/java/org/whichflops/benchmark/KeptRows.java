package org.whichflops.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** Keeps the rows of a table, to write them again. */
final class KeptRows implements TableWriter {
  private final List<Object[]> rows = new ArrayList<>();
  private List<Column> columns = List.of();

  List<Column> columns() {
    return columns;
  }

  List<Object[]> rows() {
    return rows;
  }

  @Override
  public void begin(List<Column> columns) {
    this.columns = columns;
  }

  @Override
  public void row(@Nullable Object... cells) {
    rows.add(cells.clone());
  }

  @Override
  public void close() {}
}
