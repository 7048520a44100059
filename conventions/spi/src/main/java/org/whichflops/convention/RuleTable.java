package org.whichflops.convention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A convention's rules, each thing seen by one of them at most. Immutable. */
public final class RuleTable {
  private final List<Rule> rules;
  private final Map<String, Rule> byKey = new HashMap<>();
  private final boolean operatorsOnly;

  private RuleTable(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Rule rule : rules) {
      for (String key : rule.keys()) {
        if (byKey.put(key, rule) != null) {
          throw new IllegalArgumentException("two rules see '" + key + "'");
        }
      }
    }
    operatorsOnly = areOperators(byKey.keySet());
  }

  private static boolean areOperators(Set<String> keys) {
    for (String key : keys) {
      if (!key.startsWith("aten.")) {
        return false;
      }
    }
    return true;
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

  /**
   * This table with a rule that takes over what it sees from the rules that saw it, and their
   * place. What none saw is seen from now on, by a rule at the end.
   */
  public RuleTable with(Rule rule) {
    Set<String> taken = Set.copyOf(rule.keys());
    List<Rule> changed = new ArrayList<>();
    boolean placed = false;
    for (Rule old : rules) {
      List<String> left = old.keys().stream().filter(key -> !taken.contains(key)).toList();
      if (!left.isEmpty()) {
        changed.add(old.seeing(left));
      }
      if (!placed && left.size() < old.keys().size()) {
        changed.add(rule);
        placed = true;
      }
    }
    if (!placed) {
      changed.add(rule);
    }
    return new RuleTable(changed);
  }

  /**
   * This table, no longer seeing some things.
   *
   * @throws IllegalArgumentException where no rule saw one of them
   */
  public RuleTable without(String... keys) {
    for (String key : keys) {
      if (!byKey.containsKey(key)) {
        throw new IllegalArgumentException("no rule sees '" + key + "'");
      }
    }
    Set<String> gone = Set.of(keys);
    List<Rule> changed = new ArrayList<>();
    for (Rule old : rules) {
      List<String> left = old.keys().stream().filter(key -> !gone.contains(key)).toList();
      if (!left.isEmpty()) {
        changed.add(old.seeing(left));
      }
    }
    return new RuleTable(changed);
  }

  /**
   * This table with the place of a rule in another version's source.
   *
   * @throws IllegalArgumentException where no rule sees the key
   */
  public RuleTable source(String key, String source) {
    Rule rule = byKey.get(key);
    if (rule == null) {
      throw new IllegalArgumentException("no rule sees '" + key + "'");
    }
    return with(rule.source(source));
  }

  /** Whether no rule sees a module or a function. */
  boolean seesOperatorsOnly() {
    return operatorsOnly;
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
