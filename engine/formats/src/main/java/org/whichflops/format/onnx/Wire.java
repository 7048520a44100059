package org.whichflops.format.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;

/**
 * A protobuf file read from front to back, one field at a time. What is not asked for is skipped by
 * seeking, so weights cost neither memory nor time.
 */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  /** Protobuf's own limit for a message. */
  private static final int DEEPEST = 100;

  private static final int LONGEST_TEXT = 1 << 16;
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final CodedInputStream in;
  private int depth;
  private int tag;

  Wire(Content content) throws IOException {
    this.file = content.name();
    long size = content.size();
    if (size > Integer.MAX_VALUE) {
      throw new FormatException(
          file,
          "",
          "it has %d bytes, and protobuf allows 2147483647; ONNX keeps larger weights in files beside it"
              .formatted(size));
    }
    this.in = CodedInputStream.newInstance(content.stream(), BUFFER);
    in.pushLimit((int) size);
  }

  /** What {@link #next} returned goes into errors: {@code byte 1234}. */
  FormatException wrong(String problem) {
    return new FormatException(file, "byte " + in.getTotalBytesRead(), problem);
  }

  /** The next field's number in the message that is open, 0 where the message ends. */
  int next() throws IOException {
    tag = in.readTag();
    return tag >>> 3;
  }

  /** The wire type of the field that {@link #next} found. */
  int type() {
    return tag & 7;
  }

  /** Opens the message in a field; {@link #close} takes what this returns. */
  int open() throws IOException {
    expect(BYTES);
    if (++depth > DEEPEST) {
      throw wrong("messages are nested more than %d deep".formatted(DEEPEST));
    }
    return in.pushLimit(in.readRawVarint32());
  }

  void close(int limit) {
    in.popLimit(limit);
    depth--;
  }

  long varint() throws IOException {
    expect(VARINT);
    return in.readRawVarint64();
  }

  float float32() throws IOException {
    expect(FIXED32);
    return in.readFloat();
  }

  /** A name; longer ones than any real one are refused before memory is taken for them. */
  String text() throws IOException {
    expect(BYTES);
    int left = in.getBytesUntilLimit(); // -1 in a file as large as protobuf allows
    if (left >= 0 && left <= LONGEST_TEXT) {
      return in.readString(); // no more than what is left of the message
    }
    int length = in.readRawVarint32();
    if (length < 0 || length > LONGEST_TEXT) {
      throw wrong(
          "a name or text has %d bytes, and %d are the most".formatted(length, LONGEST_TEXT));
    }
    return new String(in.readRawBytes(length), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The bytes of a field that has at most so many; an empty array, skipped, where it has more. */
  byte[] bytes(int most) throws IOException {
    expect(BYTES);
    int length = in.readRawVarint32();
    if (length > most) {
      in.skipRawBytes(length);
      return new byte[0];
    }
    return in.readRawBytes(length);
  }

  /** The numbers of a repeated field, packed or one at a time. */
  void repeated(int elementType, Sink sink) throws IOException {
    if (type() != BYTES) {
      expect(elementType);
      sink.take(element(elementType));
      return;
    }
    int limit = in.pushLimit(in.readRawVarint32());
    while (!in.isAtEnd()) {
      sink.take(element(elementType));
    }
    in.popLimit(limit);
  }

  private long element(int elementType) throws IOException {
    return switch (elementType) {
      case VARINT -> in.readRawVarint64();
      case FIXED64 -> in.readRawLittleEndian64();
      default -> in.readRawLittleEndian32();
    };
  }

  /** Takes the numbers of a repeated field; fixed-size ones as their bits. */
  interface Sink {
    void take(long bits);
  }

  /** Steps over a field that nobody asks for. */
  void skip() throws IOException {
    if (type() == 3 || type() == 4) {
      throw wrong("found a protobuf group, which no ONNX message has");
    }
    in.skipField(tag);
  }

  private void expect(int wireType) {
    if (type() != wireType) {
      throw wrong(
          "field %d has wire type %d where %d is expected".formatted(tag >>> 3, type(), wireType));
    }
  }

  /** A file that protobuf cannot read, said in our words. */
  FormatException wrong(InvalidProtocolBufferException e) {
    String said = e.getMessage() == null ? "" : e.getMessage();
    if (said.contains("ended unexpectedly")
        || said.contains("truncated")
        || said.contains("too large")) {
      return wrong(
          "the file ends inside a message: it is truncated, or a length points past its end");
    }
    return wrong("it is no valid protobuf: " + said);
  }
}
