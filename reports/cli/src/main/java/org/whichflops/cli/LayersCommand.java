package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Layers;
import org.whichflops.report.compare.LayersTable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.zoo.Zoo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One row a layer, one column a convention. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Lists a model's layers: path, type, shapes, parameters, raw multiplies and adds, and what "
          + "each convention counts; every column adds up to the total.",
      "A layer is a module that calls no other, or a function that a container calls itself; "
          + "functions that only rearrange numbers are left out. A tool that counts functions "
          + "besides modules has rows for those: relu/F.relu."
    },
    footer = {
      "",
      "Examples:",
      "  whichflops layers resnet18",
      "  whichflops layers vgg16 --resolution 256 --convention mac,thop --format csv"
    })
final class LayersCommand implements Callable<Integer> {
  private final Writer out;

  @Parameters(
      paramLabel = "MODEL",
      description = "A zoo name, with options in parentheses: mobilenet_v2(width_mult=0.75).")
  private String model = "";

  @Mixin private InputOptions input = new InputOptions();
  @Mixin private ConventionOption convention = new ConventionOption();
  @Mixin private OutputOptions output = new OutputOptions();

  LayersCommand(Writer out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<Convention> conventions = convention.conventions();
    Network network = Zoo.build(model);
    Long batch = only(input.batches(), "--batch");
    Resolution resolution = only(input.resolutions(), "--resolution");
    long n = batch == null ? network.input().shape().size(0) : batch;
    Shape shape =
        resolution == null
            ? network.input().at(n)
            : network.input().at(n, resolution.height(), resolution.width());
    Layers layers = Layers.of(network, shape, conventions);
    output.write(out, table -> LayersTable.write(layers, conventions, table));
    return 0;
  }

  private static <T> @Nullable T only(List<T> values, String option) {
    if (values.size() > 1) {
      throw new RequestException(
          "layers shows one input; %s has %d values".formatted(option, values.size()));
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
