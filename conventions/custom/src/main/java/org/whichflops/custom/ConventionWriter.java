package org.whichflops.custom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Rule;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.Sum;
import org.whichflops.engine.formula.Term;

/** Writes a convention as a file. */
final class ConventionWriter {
  private ConventionWriter() {}

  static void write(Convention convention, Writer out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    json.setPrettyPrinter(
        new DefaultPrettyPrinter()
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));
    About about = convention.about();
    json.writeStartObject();
    json.writeStringField("name", about.id());
    json.writeStringField("tool", about.tool());
    json.writeStringField("version", about.version());
    json.writeStringField("quantity", about.quantity());
    json.writeStringField("summary", about.summary());
    json.writeStringField("source", about.source());
    json.writeObjectFieldStart("mode");
    json.writeBooleanField("grad", convention.mode().grad());
    json.writeStringField("device", convention.mode().device().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
    if (!convention.addsUpAs().isEmpty()) {
      json.writeStringField("counting", convention.addsUpAs());
    }
    json.writeArrayFieldStart("rules");
    for (Rule rule : convention.rules().rules()) {
      write(rule, json);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
    out.flush();
  }

  private static void write(Rule rule, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("sees");
    for (String key : rule.keys()) {
      json.writeString(key);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("counts");
    for (Map.Entry<Label, Expr> term : byLabel(rule).entrySet()) {
      json.writeStringField(term.getKey().words(), term.getValue().text());
    }
    json.writeEndObject();
    if (!rule.note().isEmpty()) {
      json.writeStringField("note", rule.note());
    }
    if (!rule.source().isEmpty()) {
      json.writeStringField("source", rule.source());
    }
    json.writeEndObject();
  }

  /** Terms that pay for the same thing are one here, their sum. */
  private static Map<Label, Expr> byLabel(Rule rule) {
    Map<Label, Expr> sums = new EnumMap<>(Label.class);
    for (Term term : rule.formula().terms()) {
      sums.merge(term.label(), term.expr(), Sum::new);
    }
    return sums;
  }
}
