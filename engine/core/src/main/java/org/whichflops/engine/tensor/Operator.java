package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;

/**
 * An ATen operator and the arithmetic that its direct algorithm executes.
 *
 * <p>An operator without arithmetic either moves numbers about, or is composite: then the operators
 * recorded inside it do the work, or it is a part of one that states the arithmetic of the whole.
 */
public final class Operator implements Callee {
  private static final String PART = "part of a whole";

  private static final Map<String, Operator> ALL = new ConcurrentHashMap<>();

  private final String key;
  private final String variant;
  private final String variantKey;
  private final List<Written> arithmetic;
  private final boolean inPlace;

  /** The arithmetic once it was asked for: most runs ask a few of some hundred operators. */
  private @Nullable Formula read;

  private Operator(String key, String variant, List<Written> arithmetic) {
    this.key = key;
    this.variant = variant;
    this.variantKey = variant.isEmpty() ? key : key + "[" + variant + "]";
    this.arithmetic = arithmetic;
    this.inPlace = key.endsWith("_");
  }

  /** A term as it is written below, before it is read. */
  private record Written(Label label, String expr) {}

  private Operator known() {
    ALL.put(variantKey, this);
    return this;
  }

  /** An operator that is none of the engine's: it moves numbers, or nobody knows what it does. */
  static Operator withoutArithmetic(String key, String variant) {
    return new Operator(key, variant, List.of());
  }

  /** The engine's operator of a key with its variant, or null. */
  static @Nullable Operator find(String variantKey) {
    Aten.load();
    F.load();
    return ALL.get(variantKey);
  }

  /** An operator that executes nothing itself. */
  static Operator named(String name) {
    return variant(name, "");
  }

  /** An operator whose arithmetic differs from another's of that name by its arguments. */
  static Operator variant(String name, String variant) {
    return new Operator("aten." + name, variant, List.of()).known();
  }

  /** Every operator of the engine, by name. */
  public static Collection<Operator> all() {
    Aten.load();
    F.load();
    return List.copyOf(new TreeMap<>(ALL).values());
  }

  /**
   * An operator as it runs inside another one that states the arithmetic of both, so that it has
   * none of its own; tools that watch what runs see it all the same.
   */
  static Operator part(String name) {
    return variant(name, PART);
  }

  Operator multiplies(String expr) {
    return with(Label.MULTIPLICATION, expr);
  }

  Operator adds(String expr) {
    return with(Label.ADDITION, expr);
  }

  Operator divides(String expr) {
    return with(Label.DIVISION, expr);
  }

  Operator compares(String expr) {
    return with(Label.COMPARISON, expr);
  }

  Operator specials(String expr) {
    return with(Label.SPECIAL_FUNCTION, expr);
  }

  private Operator with(Label label, String expr) {
    List<Written> more = new ArrayList<>(arithmetic);
    more.add(new Written(label, expr));
    return new Operator(key, variant, more).known();
  }

  /** What one call executes, labelled by kind of operation; empty where it executes nothing. */
  public Optional<Formula> arithmetic() {
    return Optional.ofNullable(arithmeticOrNull());
  }

  /**
   * Whether it runs inside another operator that states the arithmetic of both: who counts the
   * whole leaves its parts out.
   */
  public boolean isPart() {
    return variant.equals(PART);
  }

  /** The same without the wrapper, for inner loops. */
  @Nullable Formula arithmeticOrNull() {
    Formula known = read;
    if (known == null && !arithmetic.isEmpty()) {
      for (Written term : arithmetic) {
        known =
            known == null
                ? Formula.of(term.label(), term.expr())
                : known.plus(term.label(), term.expr());
      }
      read = known;
    }
    return known;
  }

  /** Whether it writes into its first operand, as ATen's operators with a final underscore do. */
  boolean inPlace() {
    return inPlace;
  }

  @Override
  public Kind kind() {
    return Kind.OPERATOR;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String variantKey() {
    return variantKey;
  }

  @Override
  public String toString() {
    return variantKey;
  }
}
