package org.whichflops.zoo.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;

/** A published network that can be built by name. Immutable; refined step by step. */
public final class Architecture {
  private final String name;
  private final String family;
  private final String source;
  private final Function<Settings, InputSize> input;
  private final List<Option<?>> options;
  private final String remark;
  private final @Nullable Function<Settings, Module> builder;

  private Architecture(
      String name,
      String family,
      String source,
      Function<Settings, InputSize> input,
      List<Option<?>> options,
      String remark,
      @Nullable Function<Settings, Module> builder) {
    this.name = name;
    this.family = family;
    this.source = source;
    this.input = input;
    this.options = options;
    this.remark = remark;
    this.builder = builder;
  }

  /**
   * An architecture that still lacks its builder.
   *
   * @param name as users type it
   * @param family the family it is listed under
   * @param source the paper and the implementation followed
   * @param input what it is made for
   */
  public static Architecture named(String name, String family, String source, InputSize input) {
    return new Architecture(name, family, source, settings -> input, List.of(), "", null);
  }

  /** The same with options. */
  public Architecture options(Option<?>... more) {
    List<Option<?>> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Architecture(name, family, source, input, List.copyOf(all), remark, builder);
  }

  /** The same with an input that depends on the options. */
  public Architecture input(Function<Settings, InputSize> input) {
    return new Architecture(name, family, source, input, options, remark, builder);
  }

  /** The same with what a user should know, such as where paper and code differ. */
  public Architecture remark(String remark) {
    return new Architecture(name, family, source, input, options, remark, builder);
  }

  /** The same with the way it is built. */
  public Architecture builtBy(Function<Settings, Module> builder) {
    return new Architecture(name, family, source, input, options, remark, builder);
  }

  /** The name users type. */
  public String name() {
    return name;
  }

  /** The family it is listed under. */
  public String family() {
    return family;
  }

  /** The paper and the implementation followed. */
  public String source() {
    return source;
  }

  /** What a user should know; empty where there is nothing. */
  public String remark() {
    return remark;
  }

  /** The options it takes. */
  public List<Option<?>> options() {
    return options;
  }

  /** The input it is made for, without options. */
  public InputSize input() {
    return input.apply(new Settings(Map.of()));
  }

  /**
   * Builds the network.
   *
   * @param given option names to values, as typed; the network's name shows them in the options'
   *     order
   * @throws IllegalArgumentException where an option or its value is wrong, saying what is right
   */
  public Network build(Map<String, String> given) {
    if (builder == null) {
      throw new IllegalStateException("architecture '" + name + "' has no builder");
    }
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      values.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
    }
    Settings settings = new Settings(values);
    try {
      return new Network(canonicalName(given), builder.apply(settings), input.apply(settings));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s: a layer has at most 2^31 - 1 channels, but one would have more"
              .formatted(canonicalName(given)),
          e);
    }
  }

  private String canonicalName(Map<String, String> given) {
    if (given.isEmpty()) {
      return name;
    }
    String shown =
        options.stream()
            .filter(option -> given.containsKey(option.name()))
            .map(option -> option.name() + "=" + given.get(option.name()))
            .collect(Collectors.joining(","));
    return name + "(" + shown + ")";
  }

  private Object value(String optionName, String text) {
    for (Option<?> option : options) {
      if (option.name().equals(optionName)) {
        try {
          return option.reader().apply(text);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s(%s=%s): %s is %s".formatted(name, optionName, text, optionName, option.kind()),
              e);
        }
      }
    }
    throw new IllegalArgumentException(
        options.isEmpty()
            ? "%s has no option '%s'; it has none".formatted(name, optionName)
            : "%s has no option '%s'; it has %s"
                .formatted(
                    name,
                    optionName,
                    options.stream().map(Option::name).collect(Collectors.joining(", "))));
  }
}
