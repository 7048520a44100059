package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Supplier;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.zoo.Names;
import org.whichflops.zoo.Zoo;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A model as a tool prints it, character for character. */
final class SummaryCommand implements Command {
  private final Supplier<List<SummaryStyle>> styles;

  SummaryCommand() {
    this(() -> Conventions.installed().styles());
  }

  SummaryCommand(Supplier<List<SummaryStyle>> styles) {
    this.styles = styles;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "summary",
            "Prints a model as a tool prints it, character for character.",
            "summary resnet18 --style torchinfo",
            "summary vgg16 --style ptflops --batch 2 --resolution 256 -o vgg16.txt");
    spec.addPositional(
        Specs.positional(
            "MODEL",
            "1",
            "A zoo name, with options in parentheses: mobilenet_v2(width_mult=0.75)."));
    spec.addOption(Specs.value("TOOL", "Whose text; without it they are listed.", "--style"));
    InputOptions.addTo(spec);
    Destination.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    SummaryStyle style = find(styles.get(), request.matchedOptionValue("--style", ""));
    InputOptions input = InputOptions.of(request);
    Destination destination = Destination.of(request);
    List<String> models = request.matchedPositionalValue(0, List.of());
    Network network = Zoo.build(models.get(0));
    ForwardPass pass = network.forward(style.mode(), input.only(network, "summary"));
    try {
      // In memory first: a tool that fails half-way has printed nothing.
      StringBuilder text = new StringBuilder();
      style.print(network, pass, text);
      destination.write(out, writer -> writer.append(text));
    } catch (ToolFailureException e) {
      throw new RequestException(
          "%s fails on %s: %s".formatted(style.id(), network.name(), e.getMessage()));
    }
  }

  /** Finds a style, or says which there are and what may have been meant. */
  private static SummaryStyle find(List<SummaryStyle> styles, String id) {
    List<String> ids = styles.stream().map(SummaryStyle::id).toList();
    int found = ids.indexOf(id.trim());
    if (found >= 0) {
      return styles.get(found);
    }
    String all = "there are " + String.join(", ", ids);
    throw new RequestException(
        id.isEmpty()
            ? "summary takes --style; " + all
            : "unknown style '%s'; %s".formatted(id, Names.suggestion(id, ids, all)));
  }
}
