package org.whichflops.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** {@code model,batch,height,width,params,<convention id>...,note}. */
final class WideComparison extends ComparisonTable {
  private static final int FIRST = 5;

  private final List<Convention> conventions;
  private final @Nullable Object[] cells;

  WideComparison(TableWriter table, List<Convention> conventions, @Nullable PointText coverage) {
    super(table, coverage);
    this.conventions = conventions;
    this.cells = new Object[FIRST + conventions.size() + 1 + moreColumns()];
  }

  @Override
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("model"));
    columns.add(Column.number("batch"));
    columns.add(Column.number("height"));
    columns.add(Column.number("width"));
    columns.add(Column.count("params"));
    for (Convention convention : conventions) {
      columns.add(Column.count(convention.about().id()));
    }
    columns.add(Column.prose("note"));
    return columns;
  }

  @Override
  boolean showsParameters() {
    return false; // the network's own
  }

  @Override
  void rows(Point point) throws IOException {
    cells[0] = point.network().name();
    cells[1] = point.batch();
    cells[2] = size(point.height());
    cells[3] = size(point.width());
    cells[4] = point.parameters();
    Set<String> notes = Set.of();
    for (int i = 0; i < conventions.size(); i++) {
      long value = point.value(i);
      cells[FIRST + i] = value == Point.NONE ? null : (Long) value;
      String note = point.note(i);
      if (note != null) {
        notes = notes.isEmpty() ? new LinkedHashSet<>() : notes;
        notes.add(note);
      }
    }
    int last = FIRST + conventions.size();
    cells[last] = notes.isEmpty() ? null : String.join("; ", notes);
    if (moreColumns() > 0) {
      cells[last + 1] = coverage(point);
    }
    row(cells);
  }

  /** What every convention did not see, each after its id where there are several. */
  private @Nullable String coverage(Point point) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < conventions.size(); i++) {
      String one = coverage(point, i);
      if (one != null) {
        all.append(all.length() == 0 ? "" : " | ");
        all.append(conventions.size() == 1 ? "" : conventions.get(i).about().id() + ": ");
        all.append(one);
      }
    }
    return all.length() == 0 ? null : all.toString();
  }
}
