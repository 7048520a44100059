package org.whichflops.cli;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;

/** What a command line came to: its status, and what it wrote to standard output and error. */
record Result(int status, String out, String err) {
  static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(out, new PrintWriter(err, true), arguments);
    return new Result(status, out.toString(), err.toString());
  }

  /** The rows of a CSV table, by its columns. */
  static List<Record> csv(String text) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    return new CsvParser(settings).parseAllRecords(new StringReader(text));
  }
}
