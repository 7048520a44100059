package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.description.Conversion;
import org.whichflops.format.description.ConversionException;
import org.whichflops.report.table.OutputFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Any readable model as a description in JSON. */
final class ConvertCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "convert",
            "Writes a model as a description in JSON, which counts the same under every convention.",
            "convert net.pt2 -o net.json",
            "convert resnet50 -o resnet50.json");
    spec.usageMessage()
        .description(
            "The description holds the modules and what their forward calls, as Python writes it, "
                + "to be read, changed and counted again. It is read back and run beside the model "
                + "before it is written. Where the model does other things at other sizes, the "
                + "description holds at its own and says so in a note.");
    ModelArguments.addTo(spec, "1");
    spec.addOption(
        Specs.value(
            "FILE",
            "Write to a file, which appears whole or not at all. Default: standard output.",
            "-o",
            "--output"));
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Network> networks = ModelArguments.of(request);
    String text = described(networks.get(0));
    String path = request.matchedOptionValue("-o", null);
    if (path == null) {
      out.write(text);
      out.flush();
      return;
    }
    try (OutputFile file = open(path)) {
      file.writer().write(text);
      file.commit();
    }
  }

  private static String described(Network network) {
    try {
      return Conversion.describe(network);
    } catch (ConversionException e) {
      throw new RequestException(String.valueOf(e.getMessage()));
    }
  }

  private static OutputFile open(String path) {
    try {
      return OutputFile.open(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw new RequestException("cannot write to %s: %s".formatted(path, e.getMessage()));
    }
  }
}
