package org.whichflops.engine.tensor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
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

  private static final Map<String, Operator> ALL = new ConcurrentSkipListMap<>();

  private final String key;
  private final String variant;
  private final @Nullable Formula arithmetic;
  private final boolean inPlace;

  private Operator(String key, String variant, @Nullable Formula arithmetic) {
    this.key = key;
    this.variant = variant;
    this.arithmetic = arithmetic;
    this.inPlace = key.endsWith("_");
    ALL.put(variantKey(), this);
  }

  /** An operator that executes nothing itself. */
  static Operator named(String name) {
    return variant(name, "");
  }

  /** An operator whose arithmetic differs from another's of that name by its arguments. */
  static Operator variant(String name, String variant) {
    return new Operator("aten." + name, variant, null);
  }

  /** Every operator of the engine, by name. */
  public static Collection<Operator> all() {
    Aten.load();
    F.load();
    return List.copyOf(ALL.values());
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
    return new Operator(
        key, variant, arithmetic == null ? Formula.of(label, expr) : arithmetic.plus(label, expr));
  }

  /** What one call executes, labelled by kind of operation; empty where it executes nothing. */
  public Optional<Formula> arithmetic() {
    return Optional.ofNullable(arithmetic);
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
    return arithmetic;
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

  /** The key with the variant in brackets, where there are several: {@code aten.gelu[tanh]}. */
  public String variantKey() {
    return variant.isEmpty() ? key : key + "[" + variant + "]";
  }

  @Override
  public String toString() {
    return variantKey();
  }
}
