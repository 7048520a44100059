package org.whichflops.report.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** JSON inside a page: no text in it ends the element it stands in, and no number loses a digit. */
final class DataIsland {
  /** The largest whole number that JavaScript's numbers hold, and every one below. */
  private static final long LARGEST = (1L << 53) - 1;

  private DataIsland() {}

  /** A generator that leaves the page's writer open. */
  static JsonGenerator open(Writer out) throws IOException {
    JsonGenerator json =
        JsonFactory.builder()
            // Half a surrogate pair and a line separator survive only as escapes.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .createGenerator(out);
    json.setCharacterEscapes(new NoTags());
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    return json;
  }

  /** A count: a number where JavaScript keeps it, else its digits; null for none. */
  static void count(JsonGenerator json, @Nullable Long count) throws IOException {
    if (count == null) {
      json.writeNull();
    } else if (Math.abs(count) <= LARGEST && count != Long.MIN_VALUE) {
      json.writeNumber(count);
    } else {
      json.writeString(Long.toString(count));
    }
  }

  /** Every {@code <} is an escape, so that there is neither a tag nor a comment. */
  private static final class NoTags extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final SerializableString LESS = new SerializedString("\\u003c");

    private final int[] ascii = standardAsciiEscapesForJSON();

    NoTags() {
      ascii['<'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return c == '<' ? LESS : null;
    }
  }
}
