package org.whichflops.format.description;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON for people: an object's fields one a line, lists of numbers on one line. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  /** The text of a value made of maps, lists, texts, numbers and booleans. */
  static String of(Map<String, Object> value) {
    JsonText json = new JsonText();
    json.value(value, 0);
    return json.text.append('\n').toString();
  }

  private void value(Object value, int indent) {
    if (value instanceof Map<?, ?> map) {
      object(map, indent);
    } else if (value instanceof List<?> list) {
      array(list, indent);
    } else if (value instanceof String string) {
      text.append('"');
      JsonStringEncoder.getInstance().quoteAsString(string, text);
      text.append('"');
    } else {
      text.append(value);
    }
  }

  private void object(Map<?, ?> map, int indent) {
    if (map.isEmpty()) {
      text.append("{}");
      return;
    }
    text.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> all = map.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<?, ?> entry = all.next();
      line(indent + 1);
      value(String.valueOf(entry.getKey()), indent + 1);
      text.append(": ");
      value(entry.getValue(), indent + 1);
      text.append(all.hasNext() ? "," : "");
    }
    line(indent);
    text.append('}');
  }

  private void array(List<?> list, int indent) {
    boolean numbers = list.stream().allMatch(item -> item instanceof Number);
    text.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (!numbers) {
        line(indent + 1);
      }
      value(list.get(i), indent + 1);
      text.append(i + 1 < list.size() ? numbers ? ", " : "," : "");
    }
    if (!numbers && !list.isEmpty()) {
      line(indent);
    }
    text.append(']');
  }

  private void line(int indent) {
    text.append('\n').append("  ".repeat(indent));
  }
}
