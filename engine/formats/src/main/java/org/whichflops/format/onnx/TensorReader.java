package org.whichflops.format.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code TensorProto}: 1 dims, 2 data_type, 4 float_data, 5 int32_data, 7 int64_data, 8 name,
 * 9 raw_data, 10 double_data, 11 uint64_data, 13 external_data, 14 data_location. Values are kept
 * where they are few; weights are stepped over.
 */
final class TensorReader {
  private static final int MOST_DIMENSIONS = 64;
  private static final int EXTERNAL = 1;

  private final Wire wire;
  private final ExternalNumbers externals;

  TensorReader(Wire wire, ExternalNumbers externals) {
    this.wire = wire;
    this.externals = externals;
  }

  /** Reads the message in the field that the wire stands at. */
  TensorInfo read() throws IOException {
    String name = "";
    ElementType type = ElementType.UNDEFINED;
    Collected dims = new Collected(MOST_DIMENSIONS);
    Collected values = new Collected(Numbers.MOST);
    int valuesField = 0;
    byte @Nullable [] raw = null;
    ExternalNumbers.Place place = new ExternalNumbers.Place();
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> wire.repeated(Wire.VARINT, dims);
        case 2 -> type = ElementType.of(wire.varint());
        case 4 -> {
          valuesField = field;
          wire.repeated(Wire.FIXED32, values);
        }
        case 5, 7, 11 -> {
          valuesField = field;
          wire.repeated(Wire.VARINT, values);
        }
        case 10 -> {
          valuesField = field;
          wire.repeated(Wire.FIXED64, values);
        }
        case 8 -> name = wire.text();
        case 9 -> raw = wire.bytes(Numbers.MOST * Long.BYTES);
        case 13 -> place.read(wire);
        case 14 -> place.external = wire.varint() == EXTERNAL;
        default -> wire.skip();
      }
    }
    wire.close(limit);
    long[] sizes = sizes(name, dims);
    long numel = numel(name, sizes);
    Numbers numbers = null;
    if (numel <= Numbers.MOST) {
      int count = (int) numel;
      if (place.external) {
        numbers = raw(type, externals.bytes(place, (long) count * type.bytes()), count);
      } else if (raw != null) {
        numbers = raw(type, raw, count);
      } else {
        numbers = typed(type, valuesField, values, count);
      }
    }
    return new TensorInfo(name, type, sizes, numbers, place.external ? place.location : "");
  }

  private long[] sizes(String name, Collected dims) {
    if (dims.count > MOST_DIMENSIONS) {
      throw wire.wrong(
          "tensor '%s' has %d dimensions, and %d are the most"
              .formatted(name, dims.count, MOST_DIMENSIONS));
    }
    long[] sizes = Arrays.copyOf(dims.kept, dims.count);
    for (long size : sizes) {
      if (size < 0) {
        throw wire.wrong("tensor '%s' has a size of %d".formatted(name, size));
      }
    }
    return sizes;
  }

  private long numel(String name, long[] sizes) {
    try {
      return TensorInfo.numel(sizes);
    } catch (ArithmeticException e) {
      throw wire.wrong(
          "tensor '%s' has the sizes %s, more than 2^63 - 1 elements"
              .formatted(name, Arrays.toString(sizes)));
    }
  }

  private static @Nullable Numbers typed(ElementType type, int field, Collected values, int count) {
    if (values.count != count || (!type.real() && !type.whole())) {
      return null;
    }
    long[] bits = Arrays.copyOf(values.kept, count);
    if (type.whole()) {
      return Numbers.of(bits);
    }
    double[] real = new double[count];
    for (int i = 0; i < count; i++) {
      real[i] =
          switch (field) {
            case 4 -> Float.intBitsToFloat((int) bits[i]);
            case 10 -> Double.longBitsToDouble(bits[i]);
            default -> half(type, (int) bits[i]);
          };
    }
    return Numbers.of(real);
  }

  private static @Nullable Numbers raw(ElementType type, byte @Nullable [] raw, int count) {
    if (raw == null || type.bytes() == 0 || raw.length != (long) count * type.bytes()) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    if (type.whole()) {
      long[] whole = new long[count];
      for (int i = 0; i < count; i++) {
        whole[i] = whole(type, bytes);
      }
      return Numbers.of(whole);
    }
    if (!type.real()) {
      return null;
    }
    double[] real = new double[count];
    for (int i = 0; i < count; i++) {
      real[i] =
          switch (type) {
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case FLOAT16, BFLOAT16 -> half(type, bytes.getShort() & 0xFFFF);
            default -> bytes.get() == 0 ? 0 : Double.NaN;
          };
    }
    return Numbers.of(real);
  }

  private static long whole(ElementType type, ByteBuffer bytes) {
    return switch (type) {
      case INT64, UINT64 -> bytes.getLong();
      case INT32 -> bytes.getInt();
      case UINT32 -> bytes.getInt() & 0xFFFFFFFFL;
      case INT16 -> bytes.getShort();
      case UINT16 -> bytes.getShort() & 0xFFFF;
      case INT8 -> bytes.get();
      default -> bytes.get() & 0xFF;
    };
  }

  /** A 16-bit floating-point number of its bits. */
  private static double half(ElementType type, int bits) {
    if (type == ElementType.BFLOAT16) {
      return Float.intBitsToFloat(bits << 16);
    }
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double sign = (bits & 0x8000) != 0 ? -1 : 1;
    if (exponent == 31) {
      return fraction != 0 ? Double.NaN : sign * Double.POSITIVE_INFINITY;
    }
    return exponent == 0
        ? sign * fraction * 0x1p-24
        : sign * Math.scalb(1 + fraction / 1024.0, exponent - 15);
  }

  /** Numbers as they come, the first so many of them kept. */
  static final class Collected implements Wire.Sink {
    private static final long[] NONE = {};

    long[] kept = NONE;
    int count;
    private final int most;

    Collected(int most) {
      this.most = most;
    }

    @Override
    public void take(long bits) {
      if (count < most) {
        if (count == kept.length) {
          kept = Arrays.copyOf(kept, Math.max(2, 2 * count));
        }
        kept[count] = bits;
      }
      count++;
    }
  }
}
