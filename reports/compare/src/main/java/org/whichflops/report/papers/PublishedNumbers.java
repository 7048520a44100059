package org.whichflops.report.papers;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.compare.Resolution;

/** The published numbers that come with the project, from papers.csv beside this class. */
public final class PublishedNumbers {
  private PublishedNumbers() {}

  /** All of them, in the order of the file. */
  public static List<PublishedNumber> all() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(-1);
    settings.getFormat().setComment('\0');
    try (InputStream file = PublishedNumbers.class.getResourceAsStream("papers.csv")) {
      return new CsvParser(settings)
          .parseAllRecords(Objects.requireNonNull(file), StandardCharsets.UTF_8).stream()
              .filter(row -> !row.getString("value").isEmpty()) // a formula is no number
              .map(PublishedNumbers::number)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedNumber number(Record row) {
    String printed = row.getString("printed");
    return new PublishedNumber(
        row.getString("id"),
        row.getString("family"),
        row.getString("network"),
        row.getString("paper") + " (" + row.getString("year") + ")",
        row.getString("arxiv"),
        row.getString("where_printed") + "; " + row.getString("printed_by"),
        row.getString("input"),
        row.getString("quantity"),
        printed,
        PublishedNumber.claim(printed, row.getString("value"), digits(row)),
        row.getString("unit").equals("params"),
        row.getString("status").equals("verified"),
        row.getString("model"),
        resolution(row),
        row.getString("reason"));
  }

  private static int digits(Record row) {
    String digits = row.getString("digits");
    return digits.isEmpty() ? 3 : Integer.parseInt(digits);
  }

  private static @Nullable Resolution resolution(Record row) {
    String height = row.getString("height");
    return height.isEmpty()
        ? null
        : new Resolution(Long.parseLong(height), Long.parseLong(row.getString("width")));
  }
}
