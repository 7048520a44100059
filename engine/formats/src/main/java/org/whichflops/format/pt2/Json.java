package org.whichflops.format.pt2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.FormatException;
import org.whichflops.format.json.JsonDocument;

/** Reads one JSON text piece by piece; whatever is wrong has its place. */
final class Json implements AutoCloseable {
  private static final int MOST_NESTED = 200;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // most are names of values
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build())
          .build();

  private final String file;
  private final String entry;
  private final JsonParser parser;

  Json(String file, String entry, InputStream stream) throws IOException {
    this.file = file;
    this.entry = entry;
    this.parser = FACTORY.createParser(stream);
  }

  /** What to do with the value of one field; it has to be read or skipped whole. */
  @FunctionalInterface
  interface Field {
    void read(String name) throws IOException;
  }

  /** Reads a whole text that is one object. */
  void document(Field field) throws IOException {
    try {
      parser.nextToken();
      object(field);
      if (parser.nextToken() != null) {
        throw problem("the text goes on after its end");
      }
    } catch (JsonProcessingException e) {
      throw problem(JsonDocument.problem(e));
    }
  }

  /** Reads the object that the parser is at; null counts as an empty one. */
  void object(Field field) throws IOException {
    if (isNull()) {
      return;
    }
    expect(JsonToken.START_OBJECT, "an object");
    for (String name = nextField(); name != null; name = nextField()) {
      field.read(name);
    }
  }

  /** What to do with one element. */
  @FunctionalInterface
  interface Element {
    void read() throws IOException;
  }

  /** Reads the array that the parser is at; null counts as an empty one. */
  void array(Element element) throws IOException {
    if (isNull()) {
      return;
    }
    expect(JsonToken.START_ARRAY, "an array");
    while (nextElement()) {
      element.read();
    }
  }

  /**
   * Steps to the value of the first field of the object that the parser is at. Each value has to be
   * read or skipped before {@link #nextField}; what is no object is passed over.
   *
   * @return the field's name, or null where there is none
   */
  @Nullable String firstField() throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return nextField();
    }
    skip();
    return null;
  }

  /** Steps to the value of the next field; null at the end of the object. */
  @Nullable String nextField() throws IOException {
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  /**
   * Steps to the first element of the array that the parser is at. Each has to be read or skipped
   * before {@link #nextElement}; what is no array is passed over.
   *
   * @return whether there is one
   */
  boolean firstElement() throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return nextElement();
    }
    skip();
    return false;
  }

  /** Steps to the next element; false at the end of the array. */
  boolean nextElement() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw problem("the text ends inside an array");
    }
    return token != JsonToken.END_ARRAY;
  }

  /** One field of the object that the parser is at, as text; empty where there is none. */
  String text(String field) throws IOException {
    String text = "";
    for (String name = firstField(); name != null; name = nextField()) {
      if (name.equals(field)) {
        text = text();
      } else {
        skip();
      }
    }
    return text;
  }

  /** The text or number that the parser is at, as text; empty for anything else. */
  String text() throws IOException {
    String text = parser.getValueAsString("");
    skip();
    return text;
  }

  boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Whether the parser is at a whole number that fits a {@code long}. */
  boolean isWhole() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  /** The whole number that the parser is at; 0 for anything else. */
  long whole() throws IOException {
    long whole = isWhole() ? parser.getLongValue() : 0;
    skip();
    return whole;
  }

  /** The number that the parser is at, or that a text there spells; 0 for anything else. */
  double number() throws IOException {
    double number = parser.getValueAsDouble(0);
    skip();
    return number;
  }

  boolean flag() throws IOException {
    boolean flag = parser.getValueAsBoolean(false);
    skip();
    return flag;
  }

  /** The beginning of the value that the parser is at, for complaints. */
  String brief() throws IOException {
    String text = written();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  /** The value that the parser is at, as JSON. */
  String written() throws IOException {
    if (parser.currentToken() == null) {
      throw problem("the text ends where a value is expected");
    }
    StringWriter written = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(written)) {
      generator.copyCurrentStructure(parser);
    }
    return written.toString();
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  private void expect(JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw problem(
          "%s is expected but there is %s"
              .formatted(what, parser.currentToken() == null ? "the end" : "something else"));
    }
  }

  FormatException problem(String problem) {
    return new FormatException(
        file,
        "%s, line %d, column %d"
            .formatted(
                entry,
                parser.currentLocation().getLineNr(),
                parser.currentLocation().getColumnNr()),
        problem);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
