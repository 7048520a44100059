package org.whichflops.format.json;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.FormatException;

/**
 * A value of a JSON document, with its place in it. Immutable once read.
 *
 * <p>The getters either return what is asked for or say in one line what is there instead.
 */
public final class Json {
  private static final long MOST = Integer.MAX_VALUE;

  private final JsonDocument document;
  private final @Nullable Json parent;
  private final @Nullable String name;
  private final int index;
  private final int line;
  private final int column;
  private final @Nullable Object value;

  /**
   * A value.
   *
   * @param name the name under which the parent has it; null in an array
   * @param index the index under which the parent has it
   * @param line the line, from 1; 0 where complaints do not name it
   * @param value a map, a list, a text, a Long, a Double, a Boolean or null
   */
  Json(
      JsonDocument document,
      @Nullable Json parent,
      @Nullable String name,
      int index,
      int line,
      int column,
      @Nullable Object value) {
    this.document = document;
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.line = line;
    this.column = column;
    this.value = value;
  }

  /** Whether it is an object. */
  public boolean isObject() {
    return value instanceof Map;
  }

  /** Whether it is an array. */
  public boolean isArray() {
    return value instanceof List;
  }

  /** Whether it is a text. */
  public boolean isText() {
    return value instanceof String;
  }

  /** Whether it is a number without a fraction. */
  public boolean isWhole() {
    return value instanceof Long;
  }

  /** Whether it is a number. */
  public boolean isNumber() {
    return value instanceof Long || value instanceof Double;
  }

  /** Whether it is true or false. */
  public boolean isFlag() {
    return value instanceof Boolean;
  }

  /** Whether it is null. */
  public boolean isNull() {
    return value == null;
  }

  /** The fields of an object, in the order of the file. */
  public Map<String, Json> fields() {
    return Collections.unmodifiableMap(map());
  }

  @SuppressWarnings("unchecked") // the reader puts nothing else there
  private Map<String, Json> map() {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Json>) map;
    }
    throw wrong("an object");
  }

  /** The items of an array. */
  @SuppressWarnings("unchecked") // the reader puts nothing else there
  public List<Json> items() {
    if (!isArray()) {
      throw wrong("an array");
    }
    return Collections.unmodifiableList((List<Json>) value);
  }

  /** A field, or null where the object has none of that name or it is JSON's null. */
  public @Nullable Json get(String name) {
    Json found = map().get(name);
    return found == null || found.isNull() ? null : found;
  }

  /** A field that must be there. */
  public Json at(String name) {
    Json found = map().get(name);
    if (found == null) {
      throw error("'%s' is missing".formatted(name));
    }
    return found;
  }

  /** A text. */
  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("a text");
  }

  /** A whole number. */
  public long whole() {
    if (value instanceof Long whole) {
      return whole;
    }
    throw wrong("a whole number");
  }

  /** A whole number from a range that fits an {@code int}. */
  public int whole(long least) {
    long whole = whole();
    if (whole < least || whole > MOST) {
      throw error("%d is not a whole number from %d to %d".formatted(whole, least, MOST));
    }
    return (int) whole;
  }

  /** A number. */
  public double number() {
    if (value instanceof Long whole) {
      return whole;
    }
    if (value instanceof Double number) {
      return number;
    }
    throw wrong("a number");
  }

  /** True or false. */
  public boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("true or false");
  }

  /** A text field, or what it is where there is none. */
  public String text(String name, String fallback) {
    Json found = get(name);
    return found == null ? fallback : found.text();
  }

  /** A yes-or-no field, or what it is where there is none. */
  public boolean flag(String name, boolean fallback) {
    Json found = get(name);
    return found == null ? fallback : found.flag();
  }

  /** A number field, or what it is where there is none. */
  public int whole(String name, int least, int fallback) {
    Json found = get(name);
    return found == null ? fallback : found.whole(least);
  }

  /** The line, from 1. */
  int line() {
    return line;
  }

  /** The column, from 1. */
  int column() {
    return column;
  }

  /** A complaint about this value. */
  public FormatException error(String problem) {
    return new FormatException(document.name(), document.place(this), problem);
  }

  /** A complaint about a place inside this text, so many characters after its first. */
  public FormatException error(int offset, String problem) {
    return new FormatException(
        document.name(),
        document.byLine() ? "line %d, column %d".formatted(line, column + 1 + offset) : path(),
        problem);
  }

  private FormatException wrong(String expected) {
    return error("expected %s but it is %s".formatted(expected, what()));
  }

  private String what() {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "an array";
    }
    if (value instanceof String text) {
      return "the text '%s'".formatted(text.length() > 60 ? text.substring(0, 60) + "..." : text);
    }
    return String.valueOf(value);
  }

  /** The way from the root: {@code config.layers[3].config.filters}. */
  public String path() {
    StringBuilder path = new StringBuilder();
    for (Json at = this; at != null && at.parent != null; at = at.parent) {
      String step = at.name == null ? "[" + at.index + "]" : "." + at.name;
      path.insert(0, step);
      if (path.length() > 300) {
        return "..." + path.substring(path.length() - 300);
      }
    }
    return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
  }
}
