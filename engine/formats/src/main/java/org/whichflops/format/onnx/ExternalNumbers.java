package org.whichflops.format.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.Content;

/**
 * The few values, such as a shape, that a file keeps in another file beside it. Weights are never
 * asked for; a file that is not there is not missed until something needs its values.
 */
final class ExternalNumbers {
  private final @Nullable Path folder;

  ExternalNumbers(Content content) {
    Path parent = content.path().map(path -> path.toAbsolutePath().getParent()).orElse(null);
    this.folder = parent == null ? null : parent.normalize();
  }

  /** {@code external_data}: pairs of key (1) and value (2). */
  static final class Place {
    String location = "";
    long offset;
    boolean external;

    void read(Wire wire) throws IOException {
      String key = "";
      String value = "";
      int limit = wire.open();
      for (int field = wire.next(); field != 0; field = wire.next()) {
        switch (field) {
          case 1 -> key = wire.text();
          case 2 -> value = wire.text();
          default -> wire.skip();
        }
      }
      wire.close(limit);
      if (key.equals("location")) {
        location = value;
      } else if (key.equals("offset")) {
        try {
          offset = Long.parseLong(value);
        } catch (NumberFormatException e) {
          throw wire.wrong("an offset of external data is '%s', not a number".formatted(value));
        }
      }
    }
  }

  /** So many bytes at a place; null where they are not there, or not in the file's own folder. */
  byte @Nullable [] bytes(Place place, long count) throws IOException {
    if (folder == null || place.location.isEmpty() || place.offset < 0) {
      return null;
    }
    Path path;
    try {
      path = folder.resolve(place.location).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
    if (!path.startsWith(folder) || !Files.isRegularFile(path)) {
      return null;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      if (place.offset > channel.size() - count) {
        return null;
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) count);
      channel.position(place.offset);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until it is full, or the file has become shorter meanwhile
      }
      return buffer.hasRemaining() ? null : buffer.array();
    }
  }
}
