package org.whichflops.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.report.compare.NothingCountedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code whichflops}. */
@Command(
    name = "whichflops",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Compares how tools, formulas and papers count a neural network's floating-point operations.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  whichflops compare resnet50 mobilenet_v2",
      "  whichflops compare mobilenet_v2 --batch 1,32 --resolution 224,320 --format csv",
      "  whichflops layers resnet18 --convention thop,ptflops -o layers.csv",
      "  whichflops conventions thop",
      "",
      "Exit status: 0 done, 2 the request was wrong, 1 anything else."
    })
public final class Main implements Runnable {
  private static final int WRONG_REQUEST = 2;

  @Option(
      names = "--debug",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show a stack trace with an error.")
  private boolean debug;

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

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
    CommandLine line = new CommandLine(new Main());
    Commands.addTo(line, out, arguments.length == 0 ? "" : arguments[0]);
    line.setOut(new PrintWriter(out));
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (e, args) -> failed(e.getCommandLine(), e, complaint(e), WRONG_REQUEST));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(command, e));
    int status = line.execute(arguments);
    line.getOut().flush();
    return status;
  }

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(),
        "a command is missing; 'whichflops --help' lists them");
  }

  private static int failed(CommandLine command, Exception e) {
    if (e instanceof IOException io && isBrokenPipe(io)) {
      return 1;
    }
    boolean wrongRequest =
        e instanceof RequestException
            || e instanceof IllegalArgumentException
            || e instanceof ShapeException
            || e instanceof NothingCountedException
            || e instanceof CountOverflowException
            || e instanceof UnknownQuantityException
            || e instanceof ParameterException;
    String message =
        wrongRequest
            ? String.valueOf(e.getMessage())
            : "unexpected %s: %s; please report it with the output of --debug"
                .formatted(e.getClass().getSimpleName(), e.getMessage());
    return failed(command, e, message, wrongRequest ? WRONG_REQUEST : 1);
  }

  private static int failed(CommandLine command, Exception e, String message, int status) {
    PrintWriter err = command.getErr();
    err.println(
        "whichflops: " + message.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "\uFFFD"));
    Main main = (Main) root(command).getCommand();
    if (main.debug) {
      e.printStackTrace(err);
    }
    return status;
  }

  private static CommandLine root(CommandLine command) {
    CommandLine at = command;
    while (at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private static boolean isBrokenPipe(IOException e) {
    return String.valueOf(e.getMessage()).contains("Broken pipe");
  }

  /** Picocli's message, with what the command has instead of what it was given. */
  private static String complaint(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      CommandLine command = unmatched.getCommandLine();
      if (command.getParent() == null && !first.startsWith("-")) {
        return "unknown command '%s'; there are %s"
            .formatted(first, String.join(", ", command.getSubcommands().keySet()));
      }
      if (first.startsWith("-")) {
        return "unknown option '%s'; 'whichflops %s --help' lists them"
            .formatted(first, command.getParent() == null ? "" : command.getCommandName())
            .replace("  ", " ");
      }
    }
    return message;
  }
}
