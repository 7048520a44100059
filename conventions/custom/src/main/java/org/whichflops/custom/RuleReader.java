package org.whichflops.custom;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.FormulaSyntaxException;
import org.whichflops.engine.formula.Label;

/** Reads one rule: what it sees, and a formula for each thing that it pays for. */
final class RuleReader {
  /** The keys of a rule. */
  static final List<String> KEYS = List.of("sees", "counts", "note", "source");

  private final JsonTokens json;
  private final KnownNames known;

  RuleReader(JsonTokens json, KnownNames known) {
    this.json = json;
    this.known = known;
  }

  /**
   * Reads the rule whose first token is the current one.
   *
   * @param seen what earlier rules see; this one's is added
   */
  Rule read(Set<String> seen) throws IOException {
    json.expect(JsonToken.START_OBJECT, "a rule is an object: {\"sees\": ..., \"counts\": ...}");
    ConventionFileException incomplete =
        json.wrong("a rule has \"sees\" and \"counts\"; one of them is missing");
    List<String> keys = List.of();
    Formula formula = null;
    String note = "";
    String source = "";
    for (String key = json.nextKey(); key != null; key = json.nextKey()) {
      switch (key) {
        case "sees" -> keys = sees(seen);
        case "counts" -> formula = counts();
        case "note" -> note = json.nextText(key);
        case "source" -> source = json.nextText(key);
        default -> throw json.unknown("key", key, KEYS);
      }
    }
    if (keys.isEmpty() || formula == null) {
      throw incomplete;
    }
    return new Rule(keys, formula, note, source);
  }

  private List<String> sees(Set<String> seen) throws IOException {
    List<String> keys = new ArrayList<>();
    if (json.next() == JsonToken.START_ARRAY) {
      while (json.next() != JsonToken.END_ARRAY) {
        keys.add(key(seen));
      }
    } else {
      keys.add(key(seen));
    }
    return keys;
  }

  private String key(Set<String> seen) throws IOException {
    String key = json.text("what a rule sees");
    if (!known.has(key)) {
      throw json.unknown(
          "module, function or operator",
          key,
          known.all(),
          "they are called nn.Conv2d, F.relu, torch.add, Tensor.add, aten.mm");
    }
    if (!seen.add(key)) {
      throw json.wrong("two rules see '%s'; one of them has to go".formatted(key));
    }
    return key;
  }

  private Formula counts() throws IOException {
    JsonToken token = json.next();
    if (token == JsonToken.VALUE_STRING) {
      return term(null, Label.MULTIPLY_ACCUMULATE);
    }
    json.expect(
        JsonToken.START_OBJECT,
        "counts is a formula or an object of formulas: {\"multiply-accumulate\": ...}");
    Formula formula = null;
    for (String key = json.nextKey(); key != null; key = json.nextKey()) {
      Label label = label(key);
      json.next();
      formula = term(formula, label);
    }
    return formula == null ? Formula.ZERO : formula;
  }

  private Formula term(@Nullable Formula before, Label label) throws IOException {
    String text = json.text("a formula");
    try {
      return before == null ? Formula.of(label, text) : before.plus(label, text);
    } catch (FormulaSyntaxException e) {
      throw json.wrong(e.column(), e.problem());
    }
  }

  private Label label(String words) {
    for (Label label : Label.values()) {
      if (label.words().equals(words)) {
        return label;
      }
    }
    throw json.unknown("term", words, Arrays.stream(Label.values()).map(Label::words).toList());
  }
}
