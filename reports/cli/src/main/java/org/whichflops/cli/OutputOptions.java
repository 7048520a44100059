package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.OutputFile;
import org.whichflops.report.table.TableWriter;
import org.whichflops.report.table.Unit;
import picocli.CommandLine.Option;

/** Where a table goes, and how it looks. */
final class OutputOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv, tsv, json or jsonl; else by the file's ending, else table.")
  private @Nullable String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file, which appears whole or not at all.")
  private @Nullable Path file;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      defaultValue = "auto",
      description = "Unit of counts in tables for people: auto, 1, K, M, G or T. Data is exact.")
  private String unit = "auto";

  /** Writes a table. */
  @FunctionalInterface
  interface Job {
    /** Writes it whole. */
    void write(TableWriter table) throws IOException;
  }

  /** Has a job write its table to where it was asked for. */
  void write(Writer out, Job job) throws IOException {
    Unit shown = Unit.named(unit);
    Format chosen = format();
    if (file == null) {
      job.write(chosen.writer(out, shown));
      out.flush();
      return;
    }
    try (OutputFile output = open(file)) {
      job.write(chosen.writer(output.writer(), shown));
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

  private Format format() {
    if (format != null) {
      return Format.named(format);
    }
    if (file == null) {
      return Format.TABLE;
    }
    Path chosen = file;
    return Format.ofFile(chosen.toString())
        .orElseThrow(
            () ->
                new RequestException(
                    "the ending of '%s' says no format; add --format with one of %s"
                        .formatted(chosen, Format.words())));
  }
}
