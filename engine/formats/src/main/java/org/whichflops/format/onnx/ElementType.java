package org.whichflops.format.onnx;

/** The type of a tensor's elements, by the number that {@code TensorProto.DataType} gives it. */
enum ElementType {
  UNDEFINED(0, 0, Kind.OTHER),
  FLOAT(1, 4, Kind.REAL),
  UINT8(2, 1, Kind.WHOLE),
  INT8(3, 1, Kind.WHOLE),
  UINT16(4, 2, Kind.WHOLE),
  INT16(5, 2, Kind.WHOLE),
  INT32(6, 4, Kind.WHOLE),
  INT64(7, 8, Kind.WHOLE),
  STRING(8, 0, Kind.OTHER),
  BOOL(9, 1, Kind.WHOLE),
  FLOAT16(10, 2, Kind.REAL),
  DOUBLE(11, 8, Kind.REAL),
  UINT32(12, 4, Kind.WHOLE),
  UINT64(13, 8, Kind.WHOLE),
  COMPLEX64(14, 8, Kind.OTHER),
  COMPLEX128(15, 16, Kind.OTHER),
  BFLOAT16(16, 2, Kind.REAL),
  FLOAT8E4M3FN(17, 1, Kind.REAL),
  FLOAT8E4M3FNUZ(18, 1, Kind.REAL),
  FLOAT8E5M2(19, 1, Kind.REAL),
  FLOAT8E5M2FNUZ(20, 1, Kind.REAL),
  UINT4(21, 0, Kind.WHOLE),
  INT4(22, 0, Kind.WHOLE),
  FLOAT4E2M1(23, 0, Kind.REAL);

  private enum Kind {
    REAL,
    WHOLE,
    OTHER
  }

  private final int code;
  private final int bytes;
  private final Kind kind;

  ElementType(int code, int bytes, Kind kind) {
    this.code = code;
    this.bytes = bytes;
    this.kind = kind;
  }

  /** The type of a number; {@link #UNDEFINED} for one that no version of ONNX knows. */
  static ElementType of(long code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return UNDEFINED;
  }

  /** Bytes of one element; 0 where several share a byte or it has no fixed size. */
  int bytes() {
    return bytes;
  }

  /** Floating point: what networks compute with. Anything else is bookkeeping. */
  boolean real() {
    return kind == Kind.REAL;
  }

  /** Integers and truth values. */
  boolean whole() {
    return kind == Kind.WHOLE;
  }
}
