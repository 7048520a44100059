package org.whichflops.report.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object a row, named as the columns are; null where there is no value. */
final class JsonTable implements TableWriter {
  private final Writer out;
  private final boolean lines;
  private final JsonGenerator json;
  private List<Column> columns = List.of();

  JsonTable(Writer out, boolean lines) {
    this.out = out;
    this.lines = lines;
    try {
      json = new JsonFactory().createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    json.setPrettyPrinter(new OneObjectALine());
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    if (!lines) {
      json.writeStartArray();
    }
  }

  @Override
  public void row(@Nullable Object... cells) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < cells.length; i++) {
      json.writeFieldName(columns.get(i).name());
      if (cells[i] instanceof Number number) {
        json.writeNumber(number.longValue());
      } else if (cells[i] == null) {
        json.writeNull();
      } else {
        json.writeString(String.valueOf(cells[i]));
      }
    }
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    if (!lines) {
      json.writeEndArray();
    }
    json.writeRaw('\n');
    json.close();
    out.flush();
  }

  /** No blanks inside an object, and a line for each. */
  private static final class OneObjectALine extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    OneObjectALine() {
      super("\n");
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
      json.writeRaw('\n');
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(",\n");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
      json.writeRaw(values == 0 ? "]" : "\n]");
    }
  }
}
