package org.whichflops.report.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts that stand in the page once, however often they are used. */
final class Texts {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** The number of a text; -1 for none. */
  int number(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    Integer known = numbers.putIfAbsent(text, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  /** All texts, in the order of their numbers. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String text : numbers.keySet()) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
