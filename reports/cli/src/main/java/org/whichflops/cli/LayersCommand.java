package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Layers;
import org.whichflops.report.compare.LayersTable;
import org.whichflops.report.table.Caption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One row a layer, one column a convention. */
final class LayersCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "layers",
            "Lists a model's layers: shapes, parameters, raw arithmetic, and every convention's count.",
            "layers resnet18",
            "layers vgg16 --resolution 256 --convention mac,thop --format csv");
    spec.usageMessage()
        .description(
            "A layer is a module that calls no other, or a function that a container calls "
                + "itself; functions that only rearrange numbers are left out. A tool that counts "
                + "functions besides modules has rows for those: relu/F.relu. Every column adds "
                + "up to the total.");
    ModelArguments.addTo(spec, "1");
    InputOptions.addTo(spec);
    ConventionOption.addTo(spec);
    CoverageOption.addTo(spec);
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Convention> conventions = ConventionOption.of(request);
    InputOptions input = InputOptions.of(request);
    OutputOptions output = OutputOptions.of(request);
    Network network = ModelArguments.of(request).get(0);
    Shape shape = input.only(network, "layers");
    if (!network.note().isEmpty()) { // a layer has no column for it
      Warning.say(request, network.note());
    }
    Layers layers = Layers.of(network, shape, conventions);
    LayersTable.LayerText coverage =
        CoverageOption.ofLayers(request, output, network, shape, conventions);
    String words = "Layers of %s at input %s.".formatted(network.name(), shape);
    Caption caption = Caption.title(words, Captions.notes(conventions));
    output.write(out, caption, table -> LayersTable.write(layers, conventions, coverage, table));
  }
}
