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

  WideComparison(TableWriter table, List<Convention> conventions) {
    super(table);
    this.conventions = conventions;
    this.cells = new Object[FIRST + conventions.size() + 1];
  }

  @Override
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("model"));
    columns.add(Column.number("batch"));
    columns.add(Column.number("height"));
    columns.add(Column.number("width"));
    columns.add(Column.count("params"));
    conventions.forEach(convention -> columns.add(Column.count(convention.about().id())));
    columns.add(Column.text("note"));
    return columns;
  }

  @Override
  void rows(Point point) throws IOException {
    cells[0] = point.network().name();
    cells[1] = point.batch();
    cells[2] = size(point.height());
    cells[3] = size(point.width());
    cells[4] = point.parameters();
    Set<String> notes = new LinkedHashSet<>();
    for (int i = 0; i < conventions.size(); i++) {
      long value = point.value(i);
      cells[FIRST + i] = value == Point.NONE ? null : (Long) value;
      String note = point.note(i);
      if (note != null) {
        notes.add(note);
      }
    }
    cells[cells.length - 1] = notes.isEmpty() ? null : String.join("; ", notes);
    row(cells);
  }
}
