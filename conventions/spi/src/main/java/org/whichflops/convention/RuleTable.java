package org.whichflops.convention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A convention's rules, each thing seen by one of them at most. Immutable. */
public final class RuleTable {
  private final List<Rule> rules;
  private final Map<String, Rule> byKey = new HashMap<>();

  private RuleTable(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Rule rule : rules) {
      for (String key : rule.keys()) {
        if (byKey.put(key, rule) != null) {
          throw new IllegalArgumentException("two rules see '" + key + "'");
        }
      }
    }
  }

  /**
   * A table of rules in the order they are shown.
   *
   * @throws IllegalArgumentException where two rules see the same thing
   */
  public static RuleTable of(Rule... rules) {
    return new RuleTable(List.of(rules));
  }

  /** This table with the rules of another after its own. */
  public RuleTable and(RuleTable other) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(other.rules);
    return new RuleTable(all);
  }

  /** The rules in order. */
  public List<Rule> rules() {
    return rules;
  }

  /** The rule that sees a key, or null. */
  public @Nullable Rule find(String key) {
    return byKey.get(key);
  }
}
