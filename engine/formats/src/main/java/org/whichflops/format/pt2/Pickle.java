package org.whichflops.format.pt2;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pickle as data: numbers, words, tuples, dictionaries, and calls of named functions, which
 * are kept as they are and never made. What a state dictionary does not need is refused.
 */
final class Pickle {
  /** A name, {@code torch._utils._rebuild_tensor_v2}. */
  record Global(String name) {}

  /** A call that is not made. */
  record Reduced(Object function, List<?> arguments) {}

  /** A storage that lies elsewhere in the archive. */
  record Persistent(Object id) {}

  private static final Object MARK = new Object();
  private static final Object NONE = new Object();
  private static final int MOST_STEPS = 5_000_000;
  private static final int LONGEST_TEXT = 1 << 16;

  private final DataInputStream in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** The value, or null where it is not understood. */
  static @Nullable Object read(InputStream in) throws IOException {
    try {
      return new Pickle(in).value();
    } catch (EOFException | IndexOutOfBoundsException | ClassCastException e) {
      return null;
    }
  }

  private @Nullable Object value() throws IOException {
    for (int step = 0; step < MOST_STEPS; step++) {
      int code = in.readUnsignedByte();
      if (code == '.') {
        return pop();
      }
      if (!execute(code)) {
        return null;
      }
    }
    return null;
  }

  private boolean execute(int code) throws IOException {
    switch (code) {
      case 0x80 -> in.readUnsignedByte(); // protocol
      case 0x95 -> in.readLong(); // frame
      case '(' -> stack.add(MARK);
      case '}' -> stack.add(new LinkedHashMap<Object, Object>());
      case ']' -> stack.add(new ArrayList<Object>());
      case ')' -> stack.add(List.of());
      case 'N' -> stack.add(NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'X' -> stack.add(text(Integer.reverseBytes(in.readInt())));
      case 0x8c -> stack.add(text(in.readUnsignedByte()));
      case 'K' -> stack.add((long) in.readUnsignedByte());
      case 'M' -> stack.add((long) (Short.reverseBytes(in.readShort()) & 0xffff));
      case 'J' -> stack.add((long) Integer.reverseBytes(in.readInt()));
      case 0x8a -> stack.add(whole(in.readUnsignedByte()));
      case 'G' -> stack.add(in.readDouble());
      case 'c' -> stack.add(new Global(line() + "." + line()));
      case 0x93 -> {
        String name = (String) pop();
        stack.add(new Global((String) pop() + "." + name));
      }
      case 'q' -> memo.put(in.readUnsignedByte(), top());
      case 'r' -> memo.put(Integer.reverseBytes(in.readInt()), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> recall(in.readUnsignedByte());
      case 'j' -> recall(Integer.reverseBytes(in.readInt()));
      case 't' -> stack.add(toMark());
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 'Q' -> stack.add(new Persistent(pop()));
      case 'R' -> {
        List<?> arguments = (List<?>) pop();
        stack.add(new Reduced(pop(), arguments));
      }
      case 'b' -> pop(); // an object's state says nothing of its size
      case 's' -> items(List.of(stack.remove(stack.size() - 2), pop()));
      case 'u' -> items(toMark());
      case 'a' -> elements(List.of(pop()));
      case 'e' -> elements(toMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private void recall(int key) {
    Object known = memo.get(key);
    if (known == null) {
      throw new IndexOutOfBoundsException(key);
    }
    stack.add(known);
  }

  private void tuple(int size) {
    List<Object> values = stack.subList(stack.size() - size, stack.size());
    List<Object> tuple = List.copyOf(values);
    values.clear();
    stack.add(tuple);
  }

  private List<Object> toMark() {
    int mark = stack.lastIndexOf(MARK);
    List<Object> values = stack.subList(mark + 1, stack.size());
    List<Object> all = List.copyOf(values);
    values.clear();
    stack.remove(mark);
    return all;
  }

  /** Dictionaries are kept as lists of keys and values where a function makes them. */
  @SuppressWarnings("unchecked")
  private void items(List<Object> pairs) {
    Object target = top();
    if (target instanceof Reduced reduced) {
      stack.set(stack.size() - 1, new LinkedHashMap<Object, Object>());
      memo.replaceAll((key, value) -> value == reduced ? top() : value);
    }
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      if (pairs.get(i) instanceof String name) {
        map.put(name, pairs.get(i + 1));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private void elements(List<Object> values) {
    ((ArrayList<Object>) top()).addAll(values);
  }

  private String text(int length) throws IOException {
    if (length < 0 || length > LONGEST_TEXT) {
      throw new EOFException();
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Long whole(int length) throws IOException {
    if (length > Long.BYTES) {
      throw new EOFException();
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (long) in.readUnsignedByte() << (8 * i);
    }
    int unused = Long.SIZE - 8 * length;
    return length == 0 ? 0 : value << unused >> unused;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (line.length() == LONGEST_TEXT) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
