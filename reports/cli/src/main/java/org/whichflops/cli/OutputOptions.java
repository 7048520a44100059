package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Caption;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.TableWriter;
import org.whichflops.report.table.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where a table goes, and how it looks. */
final class OutputOptions {
  private final Destination destination;
  private final Format format;
  private final Unit unit;

  private OutputOptions(Destination destination, Format format, Unit unit) {
    this.destination = destination;
    this.format = format;
    this.unit = unit;
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
    return new OutputOptions(
        destination, format, Unit.named(request.matchedOptionValue("--unit", "auto")));
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
    destination.write(out, writer -> job.write(format.writer(writer, unit, caption)));
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
