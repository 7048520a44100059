package org.whichflops.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A file whose long runs of zeros take no room on a disk that knows holes. */
final class SparseFile extends OutputStream {
  /** Zeros to be written at a time. */
  static final byte[] ZEROS = new byte[1 << 16];

  private final SeekableByteChannel channel;

  SparseFile(Path path) throws IOException {
    channel =
        Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (count == ZEROS.length && Arrays.equals(bytes, from, from + count, ZEROS, 0, count)) {
      channel.position(channel.position() + count);
    } else {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  /** So many zeros, into any stream. */
  static void zeros(OutputStream out, long count) throws IOException {
    for (long left = count; left > 0; left -= ZEROS.length) {
      out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
