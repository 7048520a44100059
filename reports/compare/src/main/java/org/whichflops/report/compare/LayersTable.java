package org.whichflops.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** {@code path,type,input_shape,output_shape,params,multiplies,adds,<convention id>...}. */
public final class LayersTable {
  private static final int FIRST = 7;

  private LayersTable() {}

  /** A text on a layer. */
  @FunctionalInterface
  public interface LayerText {
    /** The text; null for none. */
    @Nullable String of(Layer layer);
  }

  /** Writes the layers of a network. */
  public static void write(Layers layers, List<Convention> conventions, TableWriter table)
      throws IOException {
    write(layers, conventions, null, table);
  }

  /**
   * Writes the layers of a network.
   *
   * @param coverage what stands in the column {@code coverage}; null for no such column
   */
  public static void write(
      Layers layers, List<Convention> conventions, @Nullable LayerText coverage, TableWriter table)
      throws IOException {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("path"));
    columns.add(Column.text("type"));
    columns.add(Column.text("input_shape"));
    columns.add(Column.text("output_shape"));
    columns.add(Column.count("params"));
    columns.add(Column.count("multiplies"));
    columns.add(Column.count("adds"));
    conventions.forEach(convention -> columns.add(Column.count(convention.about().id())));
    if (coverage != null) {
      columns.add(Column.prose("coverage"));
    }
    table.begin(columns);
    Object[] cells = new Object[columns.size()];
    for (Layer layer : layers.rows()) {
      cells[0] = layer.path();
      cells[1] = layer.type();
      cells[2] = text(layer.input());
      cells[3] = text(layer.output());
      cells[4] = layer.parameters();
      cells[5] = layer.multiplies();
      cells[6] = layer.adds();
      for (int i = 0; i < conventions.size(); i++) {
        cells[FIRST + i] = layers.failed(i) ? null : (Long) layer.count(i);
      }
      if (coverage != null) {
        cells[cells.length - 1] = coverage.of(layer);
      }
      table.row(cells);
    }
    table.close();
  }

  private static @Nullable String text(@Nullable Shape shape) {
    return shape == null ? null : shape.toString();
  }
}
