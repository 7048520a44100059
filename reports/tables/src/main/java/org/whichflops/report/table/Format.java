package org.whichflops.report.table;

import java.io.OutputStream;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats a table can be written in. */
public enum Format {
  /** Aligned columns for people. */
  TABLE("txt"),
  /** RFC 4180. */
  CSV("csv"),
  /** Tabs between cells. */
  TSV("tsv"),
  /** One array of objects. */
  JSON("json"),
  /** One object a line. */
  JSONL("jsonl"),
  /** A table of GitHub-flavoured Markdown. */
  MARKDOWN("md"),
  /** A LaTeX table with booktabs and siunitx. */
  LATEX("tex"),
  /** A page with the table that loads nothing. */
  HTML("html"),
  /** A workbook for spreadsheets; bytes, no text. */
  XLSX("xlsx");

  private final String ending;

  Format(String ending) {
    this.ending = ending;
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException where there is none, with those there are
   */
  public static Format named(String name) {
    for (Format format : values()) {
      if (format.word().equals(name.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "unknown format '%s'; there are %s".formatted(name, words()));
  }

  /** The format that a file's ending stands for. */
  public static Optional<Format> ofFile(String name) {
    return Arrays.stream(values())
        .filter(format -> name.toLowerCase(Locale.ROOT).endsWith("." + format.ending))
        .findFirst();
  }

  /** Whether people read it; what programs read holds exact integers. */
  public boolean isForPeople() {
    return this == TABLE || this == MARKDOWN || this == LATEX || this == HTML;
  }

  /** Whether it is bytes and no text, so that it needs {@link #binaryWriter}. */
  public boolean isBinary() {
    return this == XLSX;
  }

  /** The name users type. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, for messages. */
  public static String words() {
    StringBuilder words = new StringBuilder();
    for (Format format : values()) {
      words.append(words.isEmpty() ? "" : ", ").append(format.word());
    }
    return words.toString();
  }

  /** A writer of this format for a table that stands for itself. */
  public TableWriter writer(Writer out, Unit unit) {
    return writer(out, unit, Caption.NONE);
  }

  /**
   * A writer of this format.
   *
   * @param unit what tables for people show counts in
   * @param caption what tables for people say beside the rows; on a terminal that is an answer only
   * @throws IllegalStateException where it {@link #isBinary}
   */
  public TableWriter writer(Writer out, Unit unit, Caption caption) {
    return switch (this) {
      case TABLE -> Screen.NONE.table(out, unit, caption, Screen.Legend.NONE);
      case CSV -> SeparatedValues.csv(out);
      case TSV -> SeparatedValues.tsv(out);
      case JSON -> new JsonTable(out, false);
      case JSONL -> new JsonTable(out, true);
      case MARKDOWN -> new MarkdownTable(out, unit, caption);
      case LATEX -> new LatexTable(out, unit, caption);
      case HTML -> HtmlTable.page(out, unit, caption);
      case XLSX -> throw new IllegalStateException(word() + " is no text");
    };
  }

  /**
   * A writer of this format.
   *
   * @throws IllegalStateException unless it {@link #isBinary}
   */
  public TableWriter binaryWriter(OutputStream out, Caption caption) {
    if (this != XLSX) {
      throw new IllegalStateException(word() + " is text");
    }
    return new XlsxTable(out, caption);
  }
}
