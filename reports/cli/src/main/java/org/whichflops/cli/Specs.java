package org.whichflops.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The beginnings of commands and options. */
final class Specs {
  private Specs() {}

  /** A command with help, a line that says what it does, and examples. */
  static CommandSpec command(String name, String summary, String... examples) {
    return described(CommandSpec.create().name(name), summary, examples);
  }

  /** The command that has the others below it; it keeps what they are to know. */
  static CommandSpec root(Object keeps, String name, String summary, String... examples) {
    return described(CommandSpec.wrapWithoutInspection(keeps).name(name), summary, examples);
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
