package org.whichflops.format.description;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;

/**
 * What names mean where modules are made: numbers, and members of the container that is being
 * filled.
 */
final class Scope {
  /** Words that PyTorch prints without quotes. */
  private static final Map<String, @Nullable Object> WORDS =
      Map.of(
          "same",
          "same",
          "valid",
          "valid",
          "reflect",
          "reflect",
          "replicate",
          "replicate",
          "circular",
          "circular");

  private final @Nullable Module container;
  private final Map<String, @Nullable Object> numbers;
  private final Map<String, @Nullable Object> names;
  private final Evaluator evaluator;

  private Scope(
      @Nullable Module container,
      Map<String, @Nullable Object> numbers,
      Map<String, @Nullable Object> names) {
    this.container = container;
    this.numbers = numbers;
    this.names = names;
    this.evaluator = new Evaluator(container, names, null);
  }

  /** Outside of any container. */
  static Scope of(Map<String, @Nullable Object> numbers) {
    Map<String, @Nullable Object> names = new HashMap<>(WORDS);
    names.putAll(numbers);
    return new Scope(null, numbers, names);
  }

  /** The same inside a container. */
  Scope in(Module container) {
    return new Scope(container, numbers, names);
  }

  /** The same with one more number. */
  Scope with(String name, Object number) {
    Map<String, @Nullable Object> more = new HashMap<>(numbers);
    more.put(name, number);
    Map<String, @Nullable Object> moreNames = new HashMap<>(names);
    moreNames.put(name, number);
    return new Scope(container, more, moreNames);
  }

  /** The container that is being filled, null outside of any. */
  @Nullable Module container() {
    return container;
  }

  /** What the arguments of a definition are. */
  Map<String, @Nullable Object> numbers() {
    return numbers;
  }

  /** The values of a call's arguments. */
  Passed passed(Syntax call) {
    return Passed.in(call, evaluator);
  }

  /** The value of an expression. */
  @Nullable Object value(Syntax syntax) {
    return evaluator.value(syntax);
  }
}
