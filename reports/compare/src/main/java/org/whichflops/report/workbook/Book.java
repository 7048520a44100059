package org.whichflops.report.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** A workbook in the making, by Apache POI; rows wait outside memory. */
final class Book implements AutoCloseable {
  private static final int NOTE_WIDTH = 110;

  /** Rows stay until they are flushed: a sheet may change those it has. */
  private static final int ALL = -1;

  static {
    // POI speaks to Log4j, which without a provider complains on standard error.
    if (System.getProperty("log4j.provider") == null) {
      System.setProperty(
          "log4j.provider", "org.apache.logging.log4j.simple.internal.SimpleProvider");
    }
  }

  private final SXSSFWorkbook workbook = new SXSSFWorkbook(ALL);
  private final Map<Look, CellStyle> styles = new EnumMap<>(Look.class);

  Book() {
    workbook.getXSSFWorkbook().getProperties().getCoreProperties().setCreator("Whichflops");
    for (Look look : Look.values()) {
      styles.put(look, look.style(workbook));
    }
  }

  /** A further sheet. */
  Grid sheet(String name) {
    // The streaming sheets have no charts; those they are written into have.
    return new Grid(
        workbook.createSheet(name),
        () -> workbook.getXSSFWorkbook().getSheet(name).createDrawingPatriarch(),
        styles);
  }

  /** A sheet with a sentence a row. */
  void notes(String name, List<String> notes) {
    Grid sheet = sheet(name);
    sheet.width(0, NOTE_WIDTH);
    for (int i = 0; i < notes.size(); i++) {
      sheet.text(i, 0, notes.get(i), Look.PROSE);
    }
  }

  /** Writes the workbook. */
  void write(OutputStream out) throws IOException {
    workbook.write(out);
  }

  /** Removes what waited. */
  @Override
  public void close() throws IOException {
    workbook.close();
  }
}
