package org.whichflops.custom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.NearestNames;

/** A JSON text, token by token, each with its place. What is wrong with it is said in one line. */
final class JsonTokens implements AutoCloseable {
  private static final long MOST_CHARACTERS = 16 << 20;
  private static final int DEEPEST = 20;

  private final String file;
  private final JsonParser json;

  JsonTokens(String file, InputStream stream) throws IOException {
    this.file = file;
    this.json =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_CHARACTERS)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build()
            .createParser(stream);
  }

  /** The next token; null at the end. */
  @Nullable JsonToken next() throws IOException {
    try {
      return json.nextToken();
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String problem = e.getOriginalMessage().replaceAll("\\R.*", "");
      throw place == null || place.getLineNr() < 1
          ? new ConventionFileException(file, "is no JSON: " + problem)
          : new ConventionFileException(
              file, place.getLineNr(), place.getColumnNr(), "is no JSON: " + problem);
    }
  }

  /** The next key of an object, or null at its end. */
  @Nullable String nextKey() throws IOException {
    return next() == JsonToken.FIELD_NAME ? json.currentName() : null;
  }

  /** Whether the token is of a kind. */
  boolean is(JsonToken kind) {
    return json.currentToken() == kind;
  }

  /** Goes on if the token is of a kind, else says what was expected. */
  void expect(JsonToken kind, String expectation) {
    if (!is(kind)) {
      throw wrong(expectation);
    }
  }

  /** The text that comes next. */
  String nextText(String what) throws IOException {
    next();
    return text(what);
  }

  /** The text that the token is. */
  String text(String what) throws IOException {
    expect(JsonToken.VALUE_STRING, what + " is a text between quotes");
    return json.getText();
  }

  /** Wrong at the beginning of the current token. */
  ConventionFileException wrong(String problem) {
    return wrong(0, problem);
  }

  /** Wrong at a character of the current token, counted from its beginning. */
  ConventionFileException wrong(int character, String problem) {
    JsonLocation place = json.currentTokenLocation();
    return new ConventionFileException(
        file, place.getLineNr(), place.getColumnNr() + character, problem);
  }

  /** An unknown name at the current token. */
  ConventionFileException unknown(String what, String name, Collection<String> known) {
    String all = "there are " + String.join(", ", known);
    return unknown(what, name, known, all);
  }

  /** The same where there are too many to list. */
  ConventionFileException unknown(
      String what, String name, Collection<String> known, String otherwise) {
    return wrong(
        "unknown %s '%s'; %s"
            .formatted(what, name, NearestNames.suggestion(name, known, otherwise)));
  }

  /** Wrong as a whole. */
  ConventionFileException incomplete(String problem) {
    return new ConventionFileException(file, problem);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
