package org.whichflops.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The beginnings of commands and options. */
final class Specs {
  private Specs() {}

  /** A command with help, a line that says what it does, and examples. */
  static CommandSpec command(String name, String summary, String... examples) {
    return described(spec(null).name(name), summary, examples);
  }

  /** The command that has the others below it; it keeps what they are to know. */
  static CommandSpec root(Object keeps, String name, String summary, String... examples) {
    return described(spec(keeps).name(name), summary, examples);
  }

  private static CommandSpec spec(@Nullable Object keeps) {
    return CommandSpec.wrapWithoutInspection(keeps, Lists.ONLY);
  }

  /** What reads arguments as a command and those below it are specified. */
  static CommandLine line(CommandSpec spec) {
    return new CommandLine(spec, Lists.ONLY);
  }

  /**
   * Makes what picocli asks for: lists of values. Its own factory makes all sorts of things, and
   * looks for Groovy first, for which it has the jar's table of contents read.
   */
  private enum Lists implements IFactory {
    ONLY;

    @Override
    public <K> K create(Class<K> type) {
      if (type.isAssignableFrom(ArrayList.class)) {
        return type.cast(new ArrayList<Object>());
      }
      throw new IllegalArgumentException("makes lists, not a " + type.getName());
    }
  }

  private static CommandSpec described(CommandSpec spec, String summary, String... examples) {
    spec.usageMessage().header(summary).footer(footer(examples));
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    spec.addOption(
        OptionSpec.builder("--debug")
            .type(boolean.class)
            .description("Show a stack trace with an error.")
            .build());
    return spec;
  }

  private static String[] footer(String... examples) {
    String[] footer = new String[examples.length + 2];
    footer[0] = "";
    footer[1] = "Examples:";
    for (int i = 0; i < examples.length; i++) {
      footer[i + 2] = "  whichflops " + examples[i];
    }
    return footer;
  }

  /** An option with one value. */
  static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option with values between commas, which may be given several times. */
  static OptionSpec values(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option that is there or not. */
  static OptionSpec flag(String description, String name) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  /** What stands without a name; {@code arity} such as {@code 0..1}. */
  static PositionalParamSpec positional(String label, String arity, String description) {
    return PositionalParamSpec.builder()
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity(arity)
        .required(!arity.startsWith("0"))
        .paramLabel(label)
        .description(description)
        .build();
  }
}
