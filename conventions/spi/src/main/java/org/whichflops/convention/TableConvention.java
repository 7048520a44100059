package org.whichflops.convention;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Device;
import org.whichflops.engine.tensor.Mode;

/**
 * A convention made of a table of rules and a way to add up. Immutable.
 *
 * <p>Conventions of tools whose result depends on how the network runs take the options {@code
 * grad} and {@code device}.
 */
public final class TableConvention implements Convention {
  private final About about;
  private final Mode mode;
  private final Supplier<RuleTable> rules;
  private final BiFunction<Network, RuleTable, Counter> counting;
  private final boolean modeIsOption;
  private final Map<String, String> given;

  private TableConvention(
      About about,
      Mode mode,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting,
      boolean modeIsOption,
      Map<String, String> given) {
    this.about = about;
    this.mode = mode;
    this.rules = rules;
    this.counting = counting;
    this.modeIsOption = modeIsOption;
    this.given = given;
  }

  /**
   * A convention that watches one mode only.
   *
   * @param rules the table, which is made when it is asked for
   */
  public static TableConvention of(
      About about,
      Mode mode,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting) {
    return new TableConvention(about, mode, rules, counting, false, Map.of());
  }

  /** The same with the mode as options {@code grad} and {@code device}. */
  public TableConvention modeAsOption() {
    return new TableConvention(about, mode, rules, counting, true, given);
  }

  @Override
  public About about() {
    return about;
  }

  @Override
  public RuleTable rules() {
    return rules.get();
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public Counter counter(Network network) {
    return counting.apply(network, rules.get());
  }

  @Override
  public Convention with(String option, String value) {
    String base = about.id().replaceAll("\\(.*", "");
    Mode changed =
        switch (modeIsOption ? option : "") {
          case "grad" -> new Mode(choice(base, option, value, "true", "false"), mode.device());
          case "device" ->
              new Mode(
                  mode.grad(),
                  choice(base, option, value, "cpu", "meta") ? Device.CPU : Device.META);
          default ->
              throw new IllegalArgumentException(
                  "convention '%s' has no option '%s'; it has %s"
                      .formatted(base, option, modeIsOption ? "grad, device" : "none"));
        };
    Map<String, String> all = new TreeMap<>(given);
    all.put(option, value);
    String options =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    return new TableConvention(
        about.withId(base + "(" + options + ")"), changed, rules, counting, modeIsOption, all);
  }

  private static boolean choice(
      String convention, String option, String value, String first, String second) {
    if (!value.equals(first) && !value.equals(second)) {
      throw new IllegalArgumentException(
          "%s(%s=%s): %s is %s or %s".formatted(convention, option, value, option, first, second));
    }
    return value.equals(first);
  }

  @Override
  public String toString() {
    return about.id();
  }
}
