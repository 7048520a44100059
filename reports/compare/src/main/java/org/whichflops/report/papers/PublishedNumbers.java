package org.whichflops.report.papers;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.identify.PrintedNumber;

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
        month(row),
        by(row),
        claim(printed, row),
        times(row),
        row.getString("unit").equals("params"),
        row.getString("status").equals("verified"),
        row.getString("model"),
        resolution(row),
        row.getString("reason"));
  }

  /** Null for a formula, which has no value. */
  private static @Nullable PrintedNumber claim(String printed, Record row) {
    String value = row.getString("value");
    return value.isEmpty() ? null : PublishedNumber.claim(printed, value, digits(row));
  }

  private static int month(Record row) {
    String month = row.getString("printed_in");
    return month.isEmpty() ? 0 : Integer.parseInt(month);
  }

  private static List<String> by(Record row) {
    String by = row.getString("by");
    return by.isEmpty() ? List.of() : List.of(by.split(" ", -1));
  }

  private static BigDecimal times(Record row) {
    String times = row.getString("times");
    return times.isEmpty() ? BigDecimal.ONE : new BigDecimal(times);
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
