package org.whichflops.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whichflops.convention.Conventions;
import org.whichflops.report.identify.ZooCounts;
import org.whichflops.zoo.Zoo;

/** What the build runs to count the zoo, once for everybody who asks {@code identify}. */
final class ZooCountsFile {
  private ZooCountsFile() {}

  /**
   * Counts and writes.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    ZooCounts counts =
        ZooCounts.count(Zoo.architectures(), List.copyOf(Conventions.installed().all()));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      counts.write(out);
    }
  }
}
