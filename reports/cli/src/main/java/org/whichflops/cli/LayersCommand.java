package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Layers;
import org.whichflops.report.compare.LayersTable;
import org.whichflops.report.compare.Resolution;
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
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Convention> conventions = ConventionOption.of(request);
    InputOptions input = InputOptions.of(request);
    OutputOptions output = OutputOptions.of(request);
    Network network = ModelArguments.of(request).get(0);
    Long batch = only(input.batches(), "--batch");
    Resolution resolution = only(input.resolutions(), "--resolution");
    long n = batch == null ? network.input().batch() : batch;
    Shape shape =
        resolution == null
            ? network.input().at(n)
            : network.input().at(n, resolution.height(), resolution.width());
    Layers layers = Layers.of(network, shape, conventions);
    output.write(out, table -> LayersTable.write(layers, conventions, table));
  }

  private static <T> @Nullable T only(List<T> values, String option) {
    if (values.size() > 1) {
      throw new RequestException(
          "layers shows one input; %s has %d values".formatted(option, values.size()));
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
