package org.whichflops.golden;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A gzip-compressed CSV file beside this class. Every cell is read as it is, an empty one as "".
 */
final class RecordedTable {
  private RecordedTable() {}

  static <T> List<T> read(String file, Function<Record, T> row) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setMaxCharsPerColumn(-1);
    settings.getFormat().setComment('\0'); // No line is a comment, whatever it begins with.
    try (InputStream raw = RecordedTable.class.getResourceAsStream(file)) {
      if (raw == null) {
        throw new FileNotFoundException("nothing is recorded in " + file);
      }
      return new CsvParser(settings)
          .parseAllRecords(new GZIPInputStream(raw), StandardCharsets.UTF_8).stream()
              .map(row)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean has(String file) {
    return RecordedTable.class.getResource(file) != null;
  }
}
