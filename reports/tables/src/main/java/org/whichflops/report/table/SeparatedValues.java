package org.whichflops.report.table;

import com.univocity.parsers.common.AbstractWriter;
import com.univocity.parsers.common.CommonWriterSettings;
import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import com.univocity.parsers.tsv.TsvWriter;
import com.univocity.parsers.tsv.TsvWriterSettings;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 has it, with {@code \n}, and TSV. Counts in full, nothing where none is. */
final class SeparatedValues implements TableWriter {
  private final IntFunction<AbstractWriter<?>> maker;
  private @Nullable AbstractWriter<?> writer;

  /** Makes the library's writer when the number of columns is known: it allocates for all. */
  private SeparatedValues(IntFunction<AbstractWriter<?>> maker) {
    this.maker = maker;
  }

  static SeparatedValues csv(Writer out) {
    return new SeparatedValues(
        columns -> {
          CsvWriterSettings settings = new CsvWriterSettings();
          settings.setQuotationTriggers('"', '\r', '\n', '\t');
          settings.setQuoteEscapingEnabled(true);
          return new CsvWriter(out, plain(settings, columns));
        });
  }

  static SeparatedValues tsv(Writer out) {
    return new SeparatedValues(
        columns -> new TsvWriter(out, plain(new TsvWriterSettings(), columns)));
  }

  private static <S extends CommonWriterSettings<?>> S plain(S settings, int columns) {
    settings.getFormat().setLineSeparator("\n");
    settings.setMaxColumns(columns);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    return settings;
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    AbstractWriter<?> begun = maker.apply(columns.size());
    writer = begun;
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      names.add(SafeText.cell(column.name()));
    }
    try {
      begun.writeHeaders(names);
    } catch (IllegalStateException | TextWritingException e) {
      throw plain(e);
    }
  }

  @Override
  public void row(@Nullable Object... cells) throws IOException {
    Object[] safe = cells;
    for (int i = 0; i < cells.length; i++) {
      boolean formula = cells[i] instanceof String text && SafeText.isFormula(text);
      if (formula || cells[i] instanceof Mathematics) {
        if (safe == cells) {
          safe = cells.clone();
        }
        safe[i] = SafeText.cell(String.valueOf(cells[i]));
      }
    }
    try {
      begun().writeRow(safe);
    } catch (IllegalStateException | TextWritingException e) {
      throw plain(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      begun().flush();
    } catch (IllegalStateException | TextWritingException e) {
      throw plain(e);
    }
  }

  /** The library closes what it cannot write to, and has its own exceptions for that. */
  private static IOException plain(RuntimeException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return io;
      }
    }
    throw e;
  }

  private AbstractWriter<?> begun() {
    return Objects.requireNonNull(writer, "the table has not begun");
  }
}
