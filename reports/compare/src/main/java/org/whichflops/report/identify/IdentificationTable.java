package org.whichflops.report.identify;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** {@code model,batch,height,width,convention,value,printed,matches}. */
public final class IdentificationTable {
  private IdentificationTable() {}

  /**
   * Writes candidates.
   *
   * @param top how many, the plainest first
   */
  public static void write(Identification identification, int top, TableWriter table)
      throws IOException {
    table.begin(
        List.of(
            Column.text("model"),
            Column.number("batch"),
            Column.number("height"),
            Column.number("width"),
            Column.text("convention"),
            Column.number("value"),
            Column.text("printed"),
            Column.text("matches")));
    List<Candidate> candidates = identification.candidates();
    for (Candidate candidate : candidates.subList(0, Math.min(top, candidates.size()))) {
      table.row(
          candidate.model(),
          candidate.batch(),
          size(candidate.height()),
          size(candidate.width()),
          candidate.convention(),
          candidate.value(),
          candidate.printed(),
          candidate.matches());
    }
    table.close();
  }

  private static @Nullable Long size(long size) {
    return size == 0 ? null : (Long) size;
  }
}
