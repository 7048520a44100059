package org.whichflops.report.compare;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.About;
import org.whichflops.convention.Counter;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** {@code model,batch,height,width,convention,tool,tool_version,quantity,value,params,note}. */
final class LongComparison extends ComparisonTable {
  private static final int COLUMNS = 11;

  private final @Nullable Object[] cells;

  LongComparison(TableWriter table, @Nullable PointText coverage) {
    super(table, coverage);
    cells = new Object[COLUMNS + moreColumns()];
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.text("model"),
        Column.number("batch"),
        Column.number("height"),
        Column.number("width"),
        Column.text("convention"),
        Column.text("tool"),
        Column.text("tool_version"),
        Column.text("quantity"),
        Column.count("value"),
        Column.count("params"),
        Column.prose("note"));
  }

  @Override
  boolean showsParameters() {
    return true;
  }

  @Override
  void rows(Point point) throws IOException {
    cells[0] = point.network().name();
    cells[1] = point.batch();
    cells[2] = size(point.height());
    cells[3] = size(point.width());
    for (int i = 0; i < point.conventions().size(); i++) {
      About about = point.conventions().get(i).about();
      boolean none = point.value(i) == Point.NONE;
      long stated = point.statedParameters(i);
      cells[4] = about.id();
      cells[5] = about.tool();
      cells[6] = about.version().isEmpty() ? null : about.version();
      cells[7] = about.quantity();
      cells[8] = none ? null : (Long) point.value(i);
      cells[9] = none || stated == Counter.NO_PARAMETERS ? null : (Long) stated;
      cells[10] = point.note(i);
      if (moreColumns() > 0) {
        cells[COLUMNS] = coverage(point, i);
      }
      row(cells);
    }
  }
}
