package org.whichflops.report.table;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears whole or not at all: it is written beside its place as a {@link Draft},
 * forced to the disk, and moved over in one step by {@link #commit}. Closing without that leaves
 * nothing. A process that is killed leaves the old file or the new one, and at most a draft, which
 * a later one removes.
 *
 * <p>A link is followed: what it leads to is replaced. A replaced file keeps its permissions. What
 * is no file, such as {@code /dev/stdout} or a pipe, is written to as it is.
 */
public final class OutputFile implements AutoCloseable {
  private static final int MOST_LINKS = 40;

  private final Path place;
  private final @Nullable Draft draft;
  private final FileChannel channel;
  private final OutputStream stream;
  private final Writer writer;

  private OutputFile(Path place, @Nullable Draft draft, FileChannel channel) {
    this.place = place;
    this.draft = draft;
    this.channel = channel;
    this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /**
   * Opens a draft beside the file's place.
   *
   * @throws IOException where nothing can be written there
   */
  public static OutputFile open(Path file) throws IOException {
    Path place = file.toAbsolutePath();
    if (Files.isDirectory(place)) {
      throw new IOException("it is a folder");
    }
    if (isNoFile(place)) {
      return new OutputFile(place, null, channel(place));
    }
    place = behindLinks(place);
    Path folder = place.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    if (Files.exists(place) && !Files.isWritable(place)) {
      throw new IOException("the file is write-protected");
    }
    Draft.removeAbandoned(folder);
    Draft draft = Draft.in(folder);
    return new OutputFile(place, draft, draft.channel());
  }

  /** A device, a pipe, or what a shell opened: there is nothing to move anything over. */
  private static boolean isNoFile(Path place) {
    return place.startsWith("/dev") || (Files.exists(place) && !Files.isRegularFile(place));
  }

  /**
   * Opens what is no file. Standard streams are those that this process has: opened anew, a file
   * behind them would be written over from its beginning.
   */
  private static FileChannel channel(Path place) throws IOException {
    return switch (place.toString()) {
      case "/dev/stdout", "/dev/fd/1" -> new FileOutputStream(FileDescriptor.out).getChannel();
      case "/dev/stderr", "/dev/fd/2" -> new FileOutputStream(FileDescriptor.err).getChannel();
      default -> FileChannel.open(place, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    };
  }

  /** Where links lead, also if there is nothing yet. */
  private static Path behindLinks(Path place) throws IOException {
    Path path = place;
    for (int i = 0; Files.isSymbolicLink(path); i++) {
      if (i == MOST_LINKS) {
        throw new IOException("its links lead nowhere");
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  /** Where to write bytes. */
  public OutputStream stream() {
    return stream;
  }

  /** Where to write text. */
  public Writer writer() {
    return writer;
  }

  /** Makes what was written the file. */
  public void commit() throws IOException {
    writer.flush();
    if (draft == null) {
      return;
    }
    keepPermissions(draft.path());
    channel.force(true);
    // Moved while it is still locked: nobody takes it for abandoned.
    Files.move(draft.path(), place, StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
  }

  private void keepPermissions(Path path) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(place, PosixFileAttributeView.class);
    if (old != null && Files.exists(place)) {
      Files.setPosixFilePermissions(path, old.readAttributes().permissions());
    }
  }

  /** The new name is to outlast a loss of power, too. */
  private void forceFolder() {
    Path folder = place.getParent();
    if (folder != null) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      } catch (IOException e) {
        // where a folder cannot be opened, as on Windows, the system sees to it
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (draft != null) {
      draft.remove();
    }
  }
}
