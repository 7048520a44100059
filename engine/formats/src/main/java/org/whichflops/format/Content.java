package org.whichflops.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file's bytes, read where they are asked for and never all at once. */
public final class Content implements AutoCloseable {
  private static final int START = 4096;

  private final String name;
  private final SeekableByteChannel channel;
  private final @Nullable Path path;
  private final @Nullable Path temporary;
  private byte @Nullable [] start;

  private Content(
      String name, SeekableByteChannel channel, @Nullable Path path, @Nullable Path temporary) {
    this.name = name;
    this.channel = channel;
    this.path = path;
    this.temporary = temporary;
  }

  /** A file. */
  public static Content of(Path path) throws IOException {
    return new Content(
        path.getFileName() == null ? path.toString() : path.getFileName().toString(),
        Files.newByteChannel(path),
        path,
        null);
  }

  /** What can be read once only, such as standard input; kept in a temporary file meanwhile. */
  public static Content of(String name, InputStream stream) throws IOException {
    Path copy = Files.createTempFile("whichflops", ".model");
    Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING);
    return new Content(name, Files.newByteChannel(copy), null, copy);
  }

  /** What messages call it: the file's name. */
  public String name() {
    return name;
  }

  /** Where it lies, so that files beside it can be found; empty for standard input. */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /** A file with these bytes, for libraries that want one: the file itself, or the copy. */
  public Path file() {
    return java.util.Objects.requireNonNull(path != null ? path : temporary);
  }

  /** The number of bytes. */
  public long size() throws IOException {
    return channel.size();
  }

  /** The first bytes, as many as formats are told apart by; not to be changed. */
  public byte[] start() throws IOException {
    byte[] known = start;
    if (known == null) {
      known = bytes(0, START);
      start = known;
    }
    return known;
  }

  /** Up to so many bytes from a place on; fewer where the file ends before. */
  public byte[] bytes(long position, int most) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, size() - position)));
    channel.position(position);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** All bytes from the beginning; the stream need not be closed. */
  public InputStream stream() throws IOException {
    channel.position(0);
    return Channels.newInputStream(channel);
  }

  /** The bytes, for readers that look here and there. */
  public SeekableByteChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
