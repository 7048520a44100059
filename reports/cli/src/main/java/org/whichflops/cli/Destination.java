package org.whichflops.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.OutputFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where results go: standard output, or a file that appears whole or not at all.
 *
 * @param file null for standard output
 */
record Destination(@Nullable Path file) {
  /** Declares the option. */
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Specs.value(
            "FILE", "Write to a file, which appears whole or not at all.", "-o", "--output"));
  }

  /** Reads the option. */
  static Destination of(ParseResult request) {
    String text = request.matchedOptionValue("-o", null);
    try {
      return new Destination(text == null ? null : Path.of(text));
    } catch (InvalidPathException e) {
      throw new RequestException("'%s' is no file name: %s".formatted(text, e.getReason()));
    }
  }

  /** Writes a text. */
  @FunctionalInterface
  interface Job {
    /** Writes it whole. */
    void write(Writer writer) throws IOException;
  }

  /** Has a job write its text to where it was asked for. */
  void write(Writer out, Job job) throws IOException {
    if (file == null) {
      job.write(out);
      out.flush();
      return;
    }
    try (OutputFile output = open(file)) {
      job.write(output.writer());
      output.commit();
    }
  }

  /** Writes bytes. */
  @FunctionalInterface
  interface BinaryJob {
    /** Writes them whole. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Has a job write its bytes to the file that was asked for.
   *
   * @param format what they are, for the message
   * @throws RequestException where none was: bytes do not belong on a terminal
   */
  void writeBytes(String format, BinaryJob job) throws IOException {
    try (OutputFile output = open(needsFile(format))) {
      job.write(output.stream());
      output.commit();
    }
  }

  /** The file, which a format that is no text cannot do without. */
  Path needsFile(String format) {
    if (file == null) {
      throw new RequestException("%s is no text; name a file for it with -o".formatted(format));
    }
    return file;
  }

  private static OutputFile open(Path file) {
    try {
      return OutputFile.open(file);
    } catch (IOException e) {
      throw new RequestException("cannot write to %s: %s".formatted(file, reason(e)));
    }
  }

  /** What went wrong; of some exceptions the message is the file's name only. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return e instanceof FileSystemException of && of.getReason() != null
        ? of.getReason()
        : String.valueOf(e.getMessage());
  }
}
