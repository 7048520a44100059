package org.whichflops.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.FormatException;

/**
 * Reads a JSON document into memory, but no more of it than a description of a network can be long:
 * depth, length and the number of values are bounded, and a name may stand only once in an object.
 */
public final class JsonDocument {
  private static final int DEEPEST = 200;
  private static final long LONGEST = 64L << 20;
  private static final int MOST_VALUES = 4_000_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxDocumentLength(LONGEST)
                  .maxNumberLength(40)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private final String name;
  private final boolean byLine;
  private int values;

  private JsonDocument(String name, boolean byLine) {
    this.name = name;
    this.byLine = byLine;
  }

  /**
   * Reads a document written by a person: complaints name line and column.
   *
   * @param name the file's name, for complaints
   * @throws FormatException where it is no JSON, or too large
   */
  public static Json byLine(String name, InputStream stream) throws IOException {
    return new JsonDocument(name, true).read(stream);
  }

  /**
   * Reads a document written by a machine: complaints name the way from the root.
   *
   * @param name the file's name, for complaints
   * @throws FormatException where it is no JSON, or too large
   */
  public static Json byPath(String name, InputStream stream) throws IOException {
    return new JsonDocument(name, false).read(stream);
  }

  String name() {
    return name;
  }

  boolean byLine() {
    return byLine;
  }

  String place(Json value) {
    return byLine ? "line %d, column %d".formatted(value.line(), value.column()) : value.path();
  }

  private Json read(InputStream stream) throws IOException {
    try (JsonParser parser = FACTORY.createParser(stream)) {
      parser.nextToken();
      Json root = value(parser, null, null, 0);
      if (parser.nextToken() != null) {
        throw complaint(parser, "something follows the JSON document");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw complaint(e.getLocation(), problem(e));
    } catch (CharConversionException e) {
      throw complaint((JsonLocation) null, "not JSON: " + e.getMessage());
    }
  }

  /** What the parser complains about, in one line and without the names of its methods. */
  public static String problem(JsonProcessingException failure) {
    String message = failure.getOriginalMessage();
    if (message == null) {
      return "not JSON";
    }
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end))
        .replaceFirst(", from `[^`]*`", "")
        .replaceFirst(" \\(start marker at .*$", "");
  }

  private FormatException complaint(JsonParser parser, String problem) {
    return complaint(parser.currentTokenLocation(), problem);
  }

  private FormatException complaint(@Nullable JsonLocation at, String problem) {
    String place =
        at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return new FormatException(name, place, problem);
  }

  private Json value(JsonParser parser, @Nullable Json parent, @Nullable String name, int index)
      throws IOException {
    if (++values > MOST_VALUES) {
      throw complaint(parser, "more than %d values".formatted(MOST_VALUES));
    }
    JsonLocation at = byLine ? parser.currentTokenLocation() : JsonLocation.NA;
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Json> fields = new LinkedHashMap<>();
      Json object = new Json(this, parent, name, index, at.getLineNr(), at.getColumnNr(), fields);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        Json value = value(parser, object, field, 0);
        if (fields.put(field, value) != null) {
          throw value.error("'%s' is given twice".formatted(field));
        }
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Json> items = new ArrayList<>();
      Json array = new Json(this, parent, name, index, at.getLineNr(), at.getColumnNr(), items);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, array, null, items.size()));
      }
      return array;
    }
    Object scalar = scalar(parser);
    return new Json(this, parent, name, index, at.getLineNr(), at.getColumnNr(), scalar);
  }

  private @Nullable Object scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw complaint(parser, "the document ends where a value is expected");
    }
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          throw complaint(parser, "%s is past 2^63 - 1".formatted(parser.getText()));
        }
        yield parser.getLongValue();
      }
      default -> throw complaint(parser, "expected a value");
    };
  }
}
