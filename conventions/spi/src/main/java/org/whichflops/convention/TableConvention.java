package org.whichflops.convention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Device;
import org.whichflops.engine.tensor.Mode;

/** A convention made of a table of rules, a way to add up, and options. Immutable. */
public final class TableConvention implements Convention {
  private final About about;
  private final Mode mode;
  private final Supplier<RuleTable> rules;
  private final BiFunction<Network, RuleTable, Counter> counting;
  private final List<Choice> options;
  private final Map<String, String> given;
  private final @Nullable String addsUpAs;

  /** The rules once they were asked for. */
  private volatile @Nullable RuleTable made;

  private TableConvention(
      About about,
      Mode mode,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting,
      List<Choice> options,
      Map<String, String> given,
      @Nullable String addsUpAs) {
    this.about = about;
    this.mode = mode;
    this.rules = rules;
    this.counting = counting;
    this.options = options;
    this.given = given;
    this.addsUpAs = addsUpAs;
  }

  /**
   * A convention without options.
   *
   * @param rules the table, which is made when it is asked for
   */
  public static TableConvention of(
      About about,
      Mode mode,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting) {
    return new TableConvention(about, mode, rules, counting, List.of(), Map.of(), null);
  }

  /** The same in another mode. */
  public TableConvention mode(Mode mode) {
    return new TableConvention(about, mode, rules, counting, options, given, addsUpAs);
  }

  /** The same with another table. */
  public TableConvention rules(Supplier<RuleTable> rules) {
    return new TableConvention(about, mode, rules, counting, options, given, addsUpAs);
  }

  /** The same with another way to add up. */
  public TableConvention counting(BiFunction<Network, RuleTable, Counter> counting) {
    return new TableConvention(about, mode, rules, counting, options, given, addsUpAs);
  }

  /** The same with one option more. */
  public TableConvention option(Choice option) {
    List<Choice> all = new ArrayList<>(options);
    all.add(option);
    return new TableConvention(about, mode, rules, counting, List.copyOf(all), given, addsUpAs);
  }

  /** The same with the mode as options {@code grad} and {@code device}. */
  public TableConvention modeAsOption() {
    return option(
            new Choice(
                "grad",
                mode.grad() ? "true|false" : "false|true",
                "whether gradients are recorded while the tool runs the model",
                (convention, value) ->
                    convention.mode(new Mode(value.equals("true"), convention.mode.device()))))
        .option(
            new Choice(
                "device",
                mode.device() == Device.CPU ? "cpu|meta" : "meta|cpu",
                "where the tool runs the model",
                (convention, value) ->
                    convention.mode(
                        new Mode(
                            convention.mode.grad(),
                            value.equals("cpu") ? Device.CPU : Device.META))));
  }

  /** The options that were set, by name. */
  public Map<String, String> given() {
    return given;
  }

  /** Somebody's own table, every call that a rule sees added once. */
  public static TableConvention own(About about, Mode mode, RuleTable rules) {
    return new TableConvention(
        about, mode, () -> rules, PlainRuleCounter::new, List.of(), Map.of(), "");
  }

  /** Somebody's own table, added up as this convention adds up. It has no options. */
  public TableConvention forOwn(About about, Mode mode, RuleTable rules) {
    return new TableConvention(about, mode, () -> rules, counting, List.of(), Map.of(), addsUpAs());
  }

  /** The same under another id. */
  public TableConvention id(String id) {
    return new TableConvention(about.withId(id), mode, rules, counting, options, given, addsUpAs());
  }

  @Override
  public String addsUpAs() {
    return addsUpAs == null ? about.id() : addsUpAs;
  }

  @Override
  public About about() {
    return about;
  }

  @Override
  public RuleTable rules() {
    RuleTable known = made;
    if (known == null) {
      known = rules.get();
      made = known;
    }
    return known;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public Counter counter(Network network) {
    return counting.apply(network, rules());
  }

  @Override
  public List<Choice> options() {
    return options;
  }

  @Override
  public Convention with(String option, String value) {
    String base = about.id().replaceAll("\\(.*", "");
    for (Choice choice : options) {
      if (choice.name().equals(option)) {
        if (!choice.allows(value)) {
          throw new IllegalArgumentException(
              "%s(%s=%s): %s is %s"
                  .formatted(base, option, value, option, choice.values().replace("|", " or ")));
        }
        return choice.change().apply(this, value).named(base, option, value);
      }
    }
    throw new IllegalArgumentException(
        "convention '%s' has no option '%s'; it has %s"
            .formatted(
                base,
                option,
                options.isEmpty()
                    ? "none"
                    : options.stream().map(Choice::name).collect(Collectors.joining(", "))));
  }

  private TableConvention named(String base, String option, String value) {
    Map<String, String> all = new TreeMap<>(given);
    all.put(option, value);
    String text =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    About named = about.withId(base + "(" + text + ")");
    return new TableConvention(named, mode, rules, counting, options, all, addsUpAs);
  }

  @Override
  public String toString() {
    return about.id();
  }
}
