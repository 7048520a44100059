package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.OutputFile;
import org.whichflops.report.table.TableWriter;
import org.whichflops.report.table.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where a table goes, and how it looks. */
final class OutputOptions {
  private final @Nullable Path file;
  private final Format format;
  private final Unit unit;

  private OutputOptions(@Nullable Path file, Format format, Unit unit) {
    this.file = file;
    this.format = format;
    this.unit = unit;
  }

  /** Declares the options. */
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Specs.value(
            "FORMAT", Format.words() + "; else by the file's ending, else table.", "--format"));
    spec.addOption(
        Specs.value(
            "FILE", "Write to a file, which appears whole or not at all.", "-o", "--output"));
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
    return new OutputOptions(
        path == null ? null : path(path),
        format(named, path),
        Unit.named(request.matchedOptionValue("--unit", "auto")));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new RequestException("'%s' is no file name: %s".formatted(text, e.getReason()));
    }
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
    if (file == null) {
      job.write(format.writer(out, unit));
      out.flush();
      return;
    }
    try (OutputFile output = open(file)) {
      job.write(format.writer(output.writer(), unit));
      output.commit();
    }
  }

  private static OutputFile open(Path file) {
    try {
      return OutputFile.open(file);
    } catch (IOException e) {
      throw new RequestException("cannot write to %s: %s".formatted(file, e.getMessage()));
    }
  }
}
