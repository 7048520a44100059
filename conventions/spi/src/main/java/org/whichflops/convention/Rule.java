package org.whichflops.convention;

import java.util.List;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;

/**
 * One row of a convention's table: what it sees, and the formula for it.
 *
 * @param keys the modules, functions or operators seen: {@code nn.Conv2d}, {@code F.relu}, {@code
 *     aten.mm}
 * @param formula what one call counts
 * @param note why the tool does so, and what surprises; may be empty
 * @param source file and line in the tool, or a paper's section; may be empty
 */
public record Rule(List<String> keys, Formula formula, String note, String source) {
  /** Keeps the keys as they are. */
  public Rule {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a rule sees one thing at least");
    }
  }

  /** The beginning of a rule; {@link Seen#counts} goes on. */
  public static Seen sees(String... keys) {
    return new Seen(List.of(keys));
  }

  /** What a rule sees, before it is said what that counts. */
  public record Seen(List<String> keys) {
    /** A rule of one term. */
    public Rule counts(Label label, String expr) {
      return counts(Formula.of(label, expr));
    }

    /** A rule of the given formula. */
    public Rule counts(Formula formula) {
      return new Rule(keys, formula, "", "");
    }

    /** A rule for what the tool knows and counts nothing for. */
    public Rule countsNothing() {
      return counts(Formula.ZERO);
    }
  }

  /** The same rule for other things. */
  Rule seeing(List<String> keys) {
    return keys.size() == this.keys.size() ? this : new Rule(keys, formula, note, source);
  }

  /** The same rule with one more term. */
  public Rule and(Label label, String expr) {
    return new Rule(keys, formula.plus(label, expr), note, source);
  }

  /** The same rule with a note. */
  public Rule note(String note) {
    return new Rule(keys, formula, note, source);
  }

  /** The same rule with its place in the tool's source. */
  public Rule source(String source) {
    return new Rule(keys, formula, note, source);
  }
}
