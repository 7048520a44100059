package org.whichflops.format.pt2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.whichflops.format.FormatException;
import org.whichflops.format.json.JsonDocument;

/** Reads one JSON text piece by piece; whatever is wrong has its place. */
final class Json implements AutoCloseable {
  private static final int MOST_NESTED = 200;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_NESTED).build())
              .build());

  private final String file;
  private final String entry;
  private final JsonParser parser;

  Json(String file, String entry, InputStream stream) throws IOException {
    this.file = file;
    this.entry = entry;
    this.parser = MAPPER.createParser(stream);
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
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
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
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(JsonToken.START_ARRAY, "an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw problem("the text ends inside an array");
      }
      element.read();
    }
  }

  /** The value that the parser is at, whole. */
  JsonNode value() throws IOException {
    JsonNode node = parser.readValueAsTree();
    if (node == null) {
      throw problem("the text ends where a value is expected");
    }
    return node;
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
