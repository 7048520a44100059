package org.whichflops.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.format.FormatException;
import org.whichflops.report.compare.NothingCountedException;
import org.whichflops.report.table.SafeText;
import org.whichflops.zoo.Names;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code whichflops}. */
public final class Main {
  private static final int WRONG_REQUEST = 2;
  private static final int LIMITS_BROKEN = 3;

  private final Writer out;
  private final PrintWriter err;
  private final Surroundings surroundings;
  private final Map<String, Command> commands;
  private final boolean debug;

  private Main(Surroundings surroundings, Writer out, PrintWriter err, String... arguments) {
    this.surroundings = surroundings;
    this.out = out;
    this.err = err;
    this.commands = Commands.askedFor(arguments.length == 0 ? "" : arguments[0]);
    this.debug = List.of(arguments).contains("--debug");
  }

  private static boolean isVersion(String... arguments) {
    return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
  }

  /** Starts the command line. */
  public static void main(String[] arguments) {
    // Options are texts here: picocli need not get ready to read dates, which it does by
    // reflection.
    System.setProperty("picocli.converters.excludes", "java.*");
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
            1 << 16);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(Terminal.detected(System.getenv()), out, err, arguments);
    try {
      out.flush();
    } catch (IOException e) {
      if (status == 0 && !isBrokenPipe(e)) { // else it has been said, or its reader has enough
        err.println("whichflops: cannot write: " + e.getMessage());
      }
      status = Math.max(status, 1);
    }
    System.exit(status);
  }

  /** Runs one command; results go to {@code out}, everything else to {@code err}. */
  static int run(Writer out, PrintWriter err, String... arguments) {
    return run(Terminal.NONE, out, err, arguments);
  }

  /** The same where people may be looking. */
  static int run(Terminal terminal, Writer out, PrintWriter err, String... arguments) {
    if (isVersion(arguments)) { // is said without anything that commands need
      new PrintWriter(out).print(version());
      return 0;
    }
    new EarlyConventions().start();
    Surroundings surroundings = new Surroundings(terminal, EarlyNetworks.of(arguments));
    return new Main(surroundings, out, err, arguments).run(arguments);
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "whichflops " + Objects.requireNonNullElse(version, "(from classes)") + "\n";
  }

  private int run(String... arguments) {
    CommandLine line = Specs.line(spec()).setErr(err);
    try {
      ParseResult parsed = line.parseArgs(arguments);
      return run(parsed);
    } catch (ParameterException e) {
      return failed(e, complaint(e), WRONG_REQUEST);
    } catch (LimitsBrokenException e) {
      return LIMITS_BROKEN;
    } catch (RequestException
        | FormatException
        | IllegalArgumentException
        | ShapeException
        | NothingCountedException
        | CountOverflowException
        | ToolFailureException
        | UnknownQuantityException e) {
      return failed(e, String.valueOf(e.getMessage()), WRONG_REQUEST);
    } catch (IOException e) {
      return isBrokenPipe(e) ? 1 : failed(e, "cannot write: " + e.getMessage(), 1);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      String message = "unexpected %s: %s; please report it with the output of --debug";
      return failed(e, message.formatted(e.getClass().getSimpleName(), e.getMessage()), 1);
    }
  }

  private int run(ParseResult parsed) throws IOException {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (last.isUsageHelpRequested()) {
      out.write(last.commandSpec().commandLine().getUsageMessage(surroundings.terminal().ansi()));
      return 0;
    }
    if (parsed.isVersionHelpRequested()) {
      out.write(version());
      return 0;
    }
    if (!parsed.hasSubcommand()) {
      throw new RequestException("a command is missing; 'whichflops --help' lists them");
    }
    Objects.requireNonNull(commands.get(last.commandSpec().name())).run(last, out);
    return 0;
  }

  private CommandSpec spec() {
    CommandSpec spec =
        Specs.root(
            surroundings,
            "whichflops",
            "Compares how tools, formulas and papers count a neural network's floating-point "
                + "operations.",
            "compare resnet50 mobilenet_v2",
            "compare mobilenet_v2 --batch 1,32 --resolution 224,320 --format csv",
            "layers resnet18 --convention thop,ptflops -o layers.csv",
            "conventions thop");
    spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    String[] footer = spec.usageMessage().footer();
    String[] withStatus = Arrays.copyOf(footer, footer.length + 2);
    withStatus[footer.length] = "";
    withStatus[footer.length + 1] =
        "Exit status: 0 done, 2 the request was wrong, 3 a check's limit is broken, 1 anything else.";
    spec.usageMessage().footer(withStatus);
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version.")
            .build());
    for (Map.Entry<String, Command> command : commands.entrySet()) {
      spec.addSubcommand(command.getKey(), Specs.line(command.getValue().spec()));
    }
    return spec;
  }

  private int failed(Throwable e, String message, int status) {
    String line = SafeText.line(message.replaceAll("\\s*\\R\\s*", " "));
    err.println("whichflops: " + line);
    if (debug) {
      e.printStackTrace(err);
    }
    return status;
  }

  private static boolean isBrokenPipe(IOException e) {
    return String.valueOf(e.getMessage()).contains("Broken pipe");
  }

  /** Picocli's message, with what there is instead of what was given. */
  private static String complaint(ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (first.startsWith("-")) {
        String help = command.getParent() == null ? "" : command.getCommandName() + " ";
        String lists = "'whichflops " + help + "--help' lists them";
        Set<String> options = command.getCommandSpec().optionsMap().keySet();
        return "unknown option '%s'; %s"
            .formatted(first, Names.suggestion(first, List.copyOf(options), lists));
      }
      if (command.getParent() == null) {
        List<String> words = Commands.words();
        return "unknown command '%s'; %s"
            .formatted(
                first, Names.suggestion(first, words, "there are " + String.join(", ", words)));
      }
    }
    return String.valueOf(e.getMessage());
  }
}
