package org.whichflops.report.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a table one row at a time. */
public interface TableWriter extends AutoCloseable {
  /** Begins the table. */
  void begin(List<Column> columns) throws IOException;

  /**
   * One row.
   *
   * @param cells a String, Long, {@link Mathematics} or null for each column; not kept after this
   *     returns
   */
  void row(@Nullable Object... cells) throws IOException;

  /** Ends the table; the output underneath stays open. */
  @Override
  void close() throws IOException;
}
