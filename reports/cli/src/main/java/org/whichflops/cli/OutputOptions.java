package org.whichflops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Caption;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.Screen;
import org.whichflops.report.table.TableWriter;
import org.whichflops.report.table.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where a table goes, and how it looks. */
final class OutputOptions {
  private static final String LEGEND = "--legend";

  /** What of a legend does not push its table out of sight. */
  private static final int SHORT_LEGEND = 8;

  private final Destination destination;
  private final Format format;
  private final Unit unit;
  private final Screen screen;
  private final Screen.Legend legend;

  private OutputOptions(
      Destination destination, Format format, Unit unit, Screen screen, Screen.Legend legend) {
    this.destination = destination;
    this.format = format;
    this.unit = unit;
    this.screen = screen;
    this.legend = legend;
  }

  /** Declares the options. */
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Specs.value(
            "FORMAT", Format.words() + "; else by the file's ending, else table.", "--format"));
    Destination.addTo(spec);
    spec.addOption(
        Specs.value(
            "UNIT",
            "Unit of counts in tables for people: auto, 1, K, M, G or T. Data is exact.",
            "--unit"));
    spec.addOption(
        Specs.flag(
            "Say below a table what its columns count. On a terminal a line each is there anyway, "
                + "for up to eight.",
            LEGEND));
  }

  /** Reads the options. */
  static OutputOptions of(ParseResult request) {
    String named = request.matchedOptionValue("--format", null);
    String path = request.matchedOptionValue("-o", null);
    Destination destination = Destination.of(request);
    Format format = format(named, path);
    if (format.isBinary()) {
      destination.needsFile(format.word());
    }
    Terminal terminal = Terminal.of(request);
    boolean shown = destination.file() == null && terminal.isOut();
    return new OutputOptions(
        destination,
        format,
        Unit.named(request.matchedOptionValue("--unit", "auto")),
        destination.file() == null ? terminal.screen() : Screen.NONE,
        request.hasMatchedOption(LEGEND)
            ? Screen.Legend.WHOLE
            : shown ? Screen.Legend.SHORT : Screen.Legend.NONE);
  }

  private static Format format(@Nullable String named, @Nullable String file) {
    if (named != null) {
      return Format.named(named);
    }
    return file == null
        ? Format.TABLE
        : Format.ofFile(file)
            .orElseThrow(
                () ->
                    new RequestException(
                        "the ending of '%s' says no format; add --format with one of %s"
                            .formatted(file, Format.words())));
  }

  /** Writes a table. */
  @FunctionalInterface
  interface Job {
    /** Writes it whole. */
    void write(TableWriter table) throws IOException;
  }

  /** Has a job write its table to where it was asked for. */
  void write(Writer out, Job job) throws IOException {
    write(out, Caption.NONE, job);
  }

  /** The same with words above the table where people read it; data formats go without. */
  void write(Writer out, Caption caption, Job job) throws IOException {
    if (format.isBinary()) {
      destination.writeBytes(
          format.word(), stream -> job.write(format.binaryWriter(stream, caption)));
      return;
    }
    destination.write(out, writer -> job.write(writer(writer, caption)));
  }

  /**
   * The same, with progress on standard error where the work is long and somebody looks.
   *
   * @param rows how many there will be
   */
  void write(ParseResult request, Writer out, Caption caption, long rows, Job job)
      throws IOException {
    Terminal terminal = Terminal.of(request);
    // Rows that run over the same terminal as they come are progress enough.
    boolean rowsAreSeen = terminal.isOut() && destination.file() == null && format != Format.TABLE;
    PrintWriter err = request.commandSpec().commandLine().getErr();
    boolean shown = terminal.isErr() && !rowsAreSeen;
    try (Progress progress = new Progress(shown ? err : null, "counting", rows, Progress.QUIET)) {
      write(out, caption, table -> job.write(new RowsInProgress(table, progress)));
    }
  }

  /** A table that tells of its rows. */
  private record RowsInProgress(TableWriter table, Progress progress) implements TableWriter {
    @Override
    public void begin(List<Column> columns) throws IOException {
      table.begin(columns);
    }

    @Override
    public void row(@Nullable Object... cells) throws IOException {
      table.row(cells);
      progress.step();
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }

  private TableWriter writer(Writer writer, Caption caption) {
    if (format != Format.TABLE) {
      return format.writer(writer, unit, caption);
    }
    boolean tooLong = legend == Screen.Legend.SHORT && caption.notes().size() > SHORT_LEGEND;
    return screen.table(writer, unit, caption, tooLong ? Screen.Legend.NONE : legend);
  }

  /** Has a job write a text of its own format to where a table would go. */
  void writeText(Writer out, Destination.Job job) throws IOException {
    destination.write(out, job);
  }

  /** Has a job write the bytes of its own workbook to where a table would go. */
  void writeBytes(Destination.BinaryJob job) throws IOException {
    destination.writeBytes(format.word(), job);
  }

  /** The format asked for. */
  Format format() {
    return format;
  }

  /** The unit asked for. */
  Unit unit() {
    return unit;
  }
}
