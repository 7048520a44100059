package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Sweep;
import org.whichflops.zoo.Zoo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main job: models x batches x resolutions, one column a convention. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Counts models under conventions side by side, over batches and resolutions.",
    footer = {
      "",
      "Examples:",
      "  whichflops compare resnet50",
      "  whichflops compare alexnet vgg16 \"mobilenet_v2(width_mult=0.75)\" -r 224,192x256",
      "  whichflops compare resnet50 -c all --long --format csv -o resnet50.csv"
    })
final class CompareCommand implements Callable<Integer> {
  private final Writer out;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description = "Zoo names, with options in parentheses: mobilenet_v2(width_mult=0.75).")
  private List<String> models = new ArrayList<>();

  @Mixin private InputOptions input = new InputOptions();
  @Mixin private ConventionOption convention = new ConventionOption();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--long", description = "One row a convention instead of one column.")
  private boolean longForm;

  CompareCommand(Writer out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<Convention> conventions = convention.conventions();
    List<Network> networks = models.stream().map(Zoo::build).toList();
    Sweep sweep = new Sweep(networks, input.batches(), input.resolutions(), conventions);
    output.write(
        out,
        table ->
            (longForm ? ComparisonTable.longForm(table) : ComparisonTable.wide(table, conventions))
                .write(sweep));
    return 0;
  }
}
