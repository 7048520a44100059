package org.whichflops.report.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A file in the making, under a name that says whose it is. It is locked as long as its process
 * lives; one that is not was abandoned.
 *
 * @param path where it is
 * @param channel what is written to
 */
record Draft(Path path, FileChannel channel) {
  /** What the names of all drafts begin with. */
  static final String PREFIX = ".whichflops-draft-";

  /** Between being there and being locked a draft is left alone. */
  static final Duration YOUNG = Duration.ofMinutes(1);

  /** A new one. */
  static Draft in(Path folder) throws IOException {
    Path path = folder.resolve(ownPrefix() + Long.toHexString(System.nanoTime()));
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.tryLock();
    } catch (IOException e) {
      // a file system without locks; nobody can take it for abandoned there
    }
    return new Draft(path, channel);
  }

  private static String ownPrefix() {
    return PREFIX + ProcessHandle.current().pid() + "-";
  }

  /** Removes what killed processes have left in a folder. */
  static void removeAbandoned(Path folder) {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path path : drafts) {
        if (isAbandoned(path)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      // cleaning up is no reason to fail
    }
  }

  private static boolean isAbandoned(Path path) {
    // Looking at a lock of one's own would open it.
    if (String.valueOf(path.getFileName()).startsWith(ownPrefix())) {
      return false;
    }
    try {
      Instant old = Instant.now().minus(YOUNG);
      if (!Files.isRegularFile(path) || Files.getLastModifiedTime(path).toInstant().isAfter(old)) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        return channel.tryLock() != null;
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes it, if it has not been moved. */
  void remove() throws IOException {
    Files.deleteIfExists(path);
  }
}
