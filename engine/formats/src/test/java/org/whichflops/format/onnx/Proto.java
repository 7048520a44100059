package org.whichflops.format.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes protobuf field by field, so that a test can write what no exporter would. */
final class Proto {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private Proto write(Writing writing) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Proto number(int field, long number) {
    return write(out -> out.writeInt64(field, number));
  }

  Proto text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Proto bytes(int field, byte[] content) {
    return write(out -> out.writeByteArray(field, content));
  }

  Proto message(int field, Proto message) {
    return bytes(field, message.bytes());
  }

  /** Bytes as they are. */
  Proto raw(int... content) {
    for (int b : content) {
      bytes.write(b);
    }
    return this;
  }

  // What an ONNX file is made of.

  /** A model of operator set 17 with a graph. */
  static Proto model(Proto graph) {
    return model(graph, 17);
  }

  /** A model of an operator set with a graph. */
  static Proto model(Proto graph, int opset) {
    return new Proto().number(1, 8).message(7, graph).message(8, opset("", opset));
  }

  static Proto opset(String domain, long version) {
    return new Proto().text(1, domain).number(2, version);
  }

  /** A graph that reads {@code x} of 1x3x8x8 and returns {@code y}, without nodes so far. */
  static Proto graph() {
    return graph(1, 3, 8, 8);
  }

  static Proto graph(long... sizes) {
    return new Proto().text(2, "g").message(11, value("x", sizes)).message(12, value("y"));
  }

  /** A value of real numbers; one without sizes says nothing of them. */
  static Proto value(String name, long... sizes) {
    Proto shape = new Proto();
    for (long size : sizes) {
      shape.message(1, new Proto().number(1, size));
    }
    Proto tensor = new Proto().number(1, FLOAT);
    if (sizes.length > 0) {
      tensor.message(2, shape);
    }
    return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
  }

  /** A node with the inputs and outputs of {@code "a b -> c"}. */
  static Proto node(String op, String values, Proto... attributes) {
    Proto node = new Proto();
    int arrow = values.indexOf("->");
    for (String input : values.substring(0, arrow).split(" ")) {
      if (!input.isEmpty()) {
        node.text(1, input.equals("_") ? "" : input);
      }
    }
    for (String output : values.substring(arrow + 2).split(" ")) {
      if (!output.isEmpty()) {
        node.text(2, output);
      }
    }
    node.text(3, op.toLowerCase(java.util.Locale.ROOT) + " of " + values.strip()).text(4, op);
    for (Proto attribute : attributes) {
      node.message(5, attribute);
    }
    return node;
  }

  static Proto integer(String name, long number) {
    return new Proto().text(1, name).number(3, number).number(20, 2);
  }

  static Proto integers(String name, long... numbers) {
    Proto attribute = new Proto().text(1, name);
    for (long number : numbers) {
      attribute.number(8, number);
    }
    return attribute.number(20, 7);
  }

  static Proto word(String name, String text) {
    return new Proto().text(1, name).text(4, text).number(20, 3);
  }

  static Proto reals(String name, float... numbers) {
    Proto attribute = new Proto().text(1, name);
    for (float number : numbers) {
      attribute.write(out -> out.writeFloat(7, number));
    }
    return attribute.number(20, 6);
  }

  static Proto real(String name, float number) {
    return new Proto().text(1, name).write(out -> out.writeFloat(2, number)).number(20, 1);
  }

  static Proto body(String name, Proto graph) {
    return new Proto().text(1, name).message(6, graph).number(20, 5);
  }

  /** Real numbers without values, as in a file whose weights lie elsewhere. */
  static Proto weight(String name, long... sizes) {
    Proto tensor = new Proto();
    for (long size : sizes) {
      tensor.number(1, size);
    }
    return tensor
        .number(2, FLOAT)
        .text(8, name)
        .message(13, new Proto().text(1, "location").text(2, "weights.bin"))
        .number(14, 1);
  }

  /** A vector of whole numbers. */
  static Proto vector(String name, long... numbers) {
    Proto tensor = new Proto().number(1, numbers.length).number(2, INT64).text(8, name);
    for (long number : numbers) {
      tensor.number(7, number);
    }
    return tensor;
  }

  /** A vector of real numbers. */
  static Proto realVector(String name, float... numbers) {
    Proto tensor = new Proto().number(1, numbers.length).number(2, FLOAT).text(8, name);
    for (float number : numbers) {
      tensor.write(out -> out.writeFloat(4, number));
    }
    return tensor;
  }

  /** A single real number. */
  static Proto realScalar(String name, float number) {
    return new Proto().number(2, FLOAT).text(8, name).write(out -> out.writeFloat(4, number));
  }

  /** A single whole number. */
  static Proto scalar(String name, long number) {
    return new Proto().number(2, INT64).text(8, name).number(7, number);
  }

  /** A single truth value. */
  static Proto truth(String name, boolean value) {
    return new Proto().number(2, 9).text(8, name).number(5, value ? 1 : 0);
  }
}
