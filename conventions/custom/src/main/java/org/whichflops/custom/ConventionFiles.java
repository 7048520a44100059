package org.whichflops.custom;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.TableConvention;

/** Reads conventions from JSON files and writes them. */
public final class ConventionFiles {
  private ConventionFiles() {}

  /**
   * Reads a convention.
   *
   * @param installed whose ways of adding up a file may name
   * @throws ConventionFileException where it cannot be read or is no convention
   */
  public static TableConvention read(Path file, Conventions installed) {
    Path name = file.getFileName();
    String shown = name == null ? file.toString() : name.toString();
    if (Files.isDirectory(file)) {
      throw new ConventionFileException(shown, "it is a folder, not a convention's file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return read(shown, stream, installed);
    } catch (NoSuchFileException e) {
      throw new ConventionFileException(file.toString(), "there is no such file");
    } catch (IOException e) {
      throw new ConventionFileException(shown, "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads a convention from a stream.
   *
   * @param name what messages call it
   */
  public static TableConvention read(String name, InputStream stream, Conventions installed)
      throws IOException {
    try (JsonTokens tokens = new JsonTokens(name, stream)) {
      return new ConventionReader(tokens, installed).read();
    }
  }

  /** Writes any convention so that it reads back as one that counts the same. */
  public static void write(Convention convention, Writer out) throws IOException {
    ConventionWriter.write(convention, out);
  }
}
