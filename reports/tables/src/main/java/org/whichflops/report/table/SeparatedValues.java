package org.whichflops.report.table;

import com.univocity.parsers.common.AbstractWriter;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import com.univocity.parsers.tsv.TsvWriter;
import com.univocity.parsers.tsv.TsvWriterSettings;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 has it, with {@code \n}, and TSV. Counts in full, nothing where none is. */
final class SeparatedValues implements TableWriter {
  private final AbstractWriter<?> writer;

  private SeparatedValues(AbstractWriter<?> writer) {
    this.writer = writer;
  }

  static SeparatedValues csv(Writer out) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setMaxColumns(Integer.MAX_VALUE / 4);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setQuotationTriggers('\r', '\n', '\t');
    return new SeparatedValues(new CsvWriter(out, settings));
  }

  static SeparatedValues tsv(Writer out) {
    TsvWriterSettings settings = new TsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setMaxColumns(Integer.MAX_VALUE / 4);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    return new SeparatedValues(new TsvWriter(out, settings));
  }

  @Override
  public void begin(List<Column> columns) {
    writer.writeHeaders(columns.stream().map(column -> SafeText.cell(column.name())).toList());
  }

  @Override
  public void row(@Nullable Object... cells) {
    Object[] safe = cells;
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof String text && SafeText.isFormula(text)) {
        if (safe == cells) {
          safe = cells.clone();
        }
        safe[i] = SafeText.cell(text);
      }
    }
    writer.writeRow(safe);
  }

  @Override
  public void close() {
    writer.flush();
  }
}
