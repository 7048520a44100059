package org.whichflops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights are stepped over: a file of gigabytes is counted in a heap of 64 MiB, as soon as the same
 * graph without them. The files are holes where the weights would be, so they take no space.
 */
class LargeFilesTest {
  private static final long WEIGHTS_OF_PT2 = 4_500_000_000L;
  private static final int ONNX_ROWS = 4;
  private static final int ONNX_COLUMNS = 118_750_000;

  @TempDir private Path folder;

  /** What the command line prints in a heap of 64 MiB, once it is done; its errors too. */
  private static String countIn64MiB(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.whichflops.cli.Main",
                "compare",
                file.toString(),
                "-c",
                "mac,fvcore",
                "--format",
                "csv")
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return printed;
  }

  /** ResNet-50 as torch exported it, with 4.5 GB for its weights: past what 32 bits can say. */
  @Test
  void pt2OfFourGigabytes_isCountedIn64MiB() throws Exception {
    Path slim =
        Path.of(
            Objects.requireNonNull(
                    LargeFilesTest.class.getResource(
                        "/org/whichflops/format/pt2/torch2.13.resnet50.static.pt2"))
                .toURI());
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(slim.toFile())) {
      for (var entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    Path file = folder.resolve("net.pt2");
    try (SparseZip zip = new SparseZip(file)) {
      zip.hole("resnet50.static/data/weights/weight_0", WEIGHTS_OF_PT2);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.entry(entry.getKey(), entry.getValue());
      }
    }
    assertThat(Files.size(file)).isGreaterThan(WEIGHTS_OF_PT2);
    // The published 4.09 GMACs, and fvcore's figure for the zoo's model.
    assertThat(countIn64MiB(file)).contains("net.pt2,1,224,224,25557032,4089184256,4111512576");
  }

  /** A product with a weight of 4 x 118,750,000 numbers, which are in the file. */
  @Test
  void onnxOfNearlyTwoGigabytes_isCountedIn64MiB() throws Exception {
    Path file = folder.resolve("net.onnx");
    long numbers = (long) ONNX_ROWS * ONNX_COLUMNS;
    writeOnnx(file, 4 * numbers);
    assertThat(Files.size(file)).isGreaterThan(1_900_000_000L);
    assertThat(countIn64MiB(file))
        .contains("net.onnx,1,,," + numbers + "," + numbers + "," + numbers);
  }

  /** Protobuf counts to the end of a file of this size without a limit: one more is refused. */
  @Test
  void onnxWhoseNameTakesTheLargestFile_isRefusedIn64MiB() throws Exception {
    Path file = folder.resolve("net.onnx");
    int name = 2_000_000_000;
    byte[] start =
        message(
            out -> {
              out.writeInt64(1, 8);
              out.writeTag(2, 2);
              out.writeUInt32NoTag(name);
            });
    try (SeekableByteChannel out = Files.newByteChannel(file, CREATE_NEW, WRITE, SPARSE)) {
      out.write(ByteBuffer.wrap(start));
      out.position(Integer.MAX_VALUE - 1);
      out.write(ByteBuffer.wrap(new byte[1]));
    }
    assertThat(countIn64MiB(file)).contains("a name or text has " + name + " bytes");
  }

  private interface Message {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    message.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] value(String name, int... sizes) throws IOException {
    byte[] shape =
        message(
            out -> {
              for (int size : sizes) {
                out.writeByteArray(1, message(dim -> dim.writeInt64(1, size)));
              }
            });
    byte[] tensor =
        message(
            out -> {
              out.writeInt32(1, 1);
              out.writeByteArray(2, shape);
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, message(type -> type.writeByteArray(1, tensor)));
        });
  }

  /** One MatMul of 1x4 with a weight whose numbers are a hole of so many bytes. */
  private static void writeOnnx(Path file, long hole) throws IOException {
    byte[] tensorStart =
        message(
            out -> {
              out.writeInt64(1, ONNX_ROWS);
              out.writeInt64(1, ONNX_COLUMNS);
              out.writeInt32(2, 1);
              out.writeString(8, "w");
              out.writeTag(9, 2);
              out.writeUInt32NoTag((int) hole);
            });
    byte[] node =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeString(1, "w");
              out.writeString(2, "y");
              out.writeString(4, "MatMul");
            });
    byte[] graphStart =
        message(
            out -> {
              out.writeTag(5, 2);
              out.writeUInt32NoTag((int) (tensorStart.length + hole));
            });
    byte[] graphEnd =
        message(
            out -> {
              out.writeByteArray(1, node);
              out.writeByteArray(11, value("x", 1, ONNX_ROWS));
              out.writeByteArray(12, value("y", 1, ONNX_COLUMNS));
            });
    long graph = graphStart.length + tensorStart.length + hole + graphEnd.length;
    byte[] start =
        message(
            out -> {
              out.writeInt64(1, 8);
              out.writeTag(7, 2);
              out.writeUInt32NoTag((int) graph);
            });
    byte[] opset = message(out -> out.writeByteArray(8, message(set -> set.writeInt64(2, 17))));
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE, SPARSE)) {
      channel.write(ByteBuffer.wrap(start));
      channel.write(ByteBuffer.wrap(graphStart));
      channel.write(ByteBuffer.wrap(tensorStart));
      channel.position(channel.position() + hole);
      channel.write(ByteBuffer.wrap(graphEnd));
      channel.write(ByteBuffer.wrap(opset));
    }
  }

  /** Writes stored entries, of which some are holes; with the long sizes that those need. */
  private static final class SparseZip implements AutoCloseable {
    private static final int LONG_SIZES = 45;
    private final SeekableByteChannel channel;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    SparseZip(Path file) throws IOException {
      channel = Files.newByteChannel(file, CREATE_NEW, WRITE, SPARSE);
    }

    private static ByteBuffer buffer(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    void entry(String name, byte[] content) throws IOException {
      CRC32 crc = new CRC32();
      crc.update(content);
      start(name, content.length, (int) crc.getValue());
      channel.write(ByteBuffer.wrap(content));
    }

    /** Nobody who steps over a hole asks for its check sum. */
    void hole(String name, long size) throws IOException {
      start(name, size, 0);
      channel.position(channel.position() + size);
    }

    private void start(String name, long size, int crc) throws IOException {
      long offset = channel.position();
      byte[] bytes = name.getBytes(UTF_8);
      ByteBuffer local = buffer(30 + bytes.length + 20);
      local.putInt(0x04034b50).putShort((short) LONG_SIZES);
      common(local, crc, bytes.length, 20);
      local.put(bytes);
      local.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
      channel.write(local.flip());

      ByteBuffer central = buffer(46 + bytes.length + 28);
      central.putInt(0x02014b50).putShort((short) LONG_SIZES).putShort((short) LONG_SIZES);
      common(central, crc, bytes.length, 28);
      central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(-1);
      central.put(bytes);
      central.putShort((short) 1).putShort((short) 24).putLong(size).putLong(size).putLong(offset);
      directory.write(central.array());
      count++;
    }

    private static void common(ByteBuffer header, int crc, int name, int extra) {
      header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 33);
      header.putInt(crc).putInt(-1).putInt(-1).putShort((short) name).putShort((short) extra);
    }

    @Override
    public void close() throws IOException {
      long start = channel.position();
      channel.write(ByteBuffer.wrap(directory.toByteArray()));
      long end = channel.position();
      ByteBuffer last = buffer(56 + 20 + 22);
      last.putInt(0x06064b50).putLong(44).putShort((short) LONG_SIZES);
      last.putShort((short) LONG_SIZES).putInt(0).putInt(0).putLong(count).putLong(count);
      last.putLong(end - start).putLong(start);
      last.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
      last.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
      last.putShort((short) -1).putShort((short) -1).putInt(-1).putInt(-1).putShort((short) 0);
      channel.write(last.flip());
      channel.close();
    }
  }
}
