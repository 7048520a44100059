package org.whichflops.report.table;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears whole or not at all: it is written beside its place under another name,
 * forced to the disk, and moved over in one step by {@link #commit}. Closing without that leaves
 * nothing.
 */
public final class OutputFile implements AutoCloseable {
  private final Path place;
  private final Path draft;
  private final FileChannel channel;
  private final OutputStream stream;
  private final Writer writer;

  private OutputFile(Path place, Path draft, FileChannel channel) {
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
    Path folder = place.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    if (Files.exists(place) && !Files.isWritable(place)) {
      throw new IOException("the file is write-protected");
    }
    if (Files.exists(place)) {
      place = place.toRealPath();
    }
    Path draft =
        place.resolveSibling("." + place.getFileName() + "." + ProcessHandle.current().pid());
    return new OutputFile(
        place,
        draft,
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING));
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
    channel.force(true);
    channel.close();
    try {
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
