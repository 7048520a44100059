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
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.format.FormatException;
import org.whichflops.report.compare.NothingCountedException;
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
  private final Map<String, Command> commands;
  private final boolean debug;

  private Main(Writer out, PrintWriter err, String... arguments) {
    this.out = out;
    this.err = err;
    this.commands =
        isVersion(arguments)
            ? Map.of() // the version is said without any of them
            : Commands.askedFor(arguments.length == 0 ? "" : arguments[0]);
    this.debug = List.of(arguments).contains("--debug");
  }

  private static boolean isVersion(String... arguments) {
    return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
  }

  /** Starts the command line. */
  public static void main(String[] arguments) {
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
            1 << 16);
    int status = run(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments);
    try {
      out.flush();
    } catch (IOException e) {
      status = Math.max(status, 1); // the reader of our pipe is gone
    }
    System.exit(status);
  }

  /** Runs one command; results go to {@code out}, everything else to {@code err}. */
  static int run(Writer out, PrintWriter err, String... arguments) {
    return new Main(out, err, arguments).run(arguments);
  }

  private int run(String... arguments) {
    CommandLine line = new CommandLine(spec()).setErr(err);
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
      out.write(last.commandSpec().commandLine().getUsageMessage(CommandLine.Help.Ansi.AUTO));
      return 0;
    }
    if (parsed.isVersionHelpRequested()) {
      String version = Main.class.getPackage().getImplementationVersion();
      out.write("whichflops " + Objects.requireNonNullElse(version, "(from classes)") + "\n");
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
        Specs.command(
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
    commands.forEach((word, command) -> spec.addSubcommand(word, command.spec()));
    return spec;
  }

  private int failed(Throwable e, String message, int status) {
    String line = message.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
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
        return "unknown option '%s'; 'whichflops %s--help' lists them".formatted(first, help);
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
