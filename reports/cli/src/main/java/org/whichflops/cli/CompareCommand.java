package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Sweep;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The main job: models x batches x resolutions, one column a convention. */
final class CompareCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "compare",
            "Counts models under conventions side by side, over batches and resolutions.",
            "compare resnet50",
            "compare alexnet vgg16 \"mobilenet_v2(width_mult=0.75)\" -r 224,192x256",
            "compare net.pt2 --batch 1,32",
            "compare resnet50 -c all --long --format csv -o resnet50.csv");
    ModelArguments.addTo(spec, "1..*");
    InputOptions.addTo(spec);
    ConventionOption.addTo(spec);
    OutputOptions.addTo(spec);
    spec.addOption(Specs.flag("One row a convention instead of one column.", "--long"));
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Convention> conventions = ConventionOption.of(request);
    InputOptions input = InputOptions.of(request);
    OutputOptions output = OutputOptions.of(request);
    List<Network> networks = ModelArguments.of(request);
    Sweep sweep = new Sweep(networks, input.batches(), input.resolutions(), conventions);
    boolean longForm = request.hasMatchedOption("--long");
    output.write(
        out,
        table ->
            (longForm ? ComparisonTable.longForm(table) : ComparisonTable.wide(table, conventions))
                .write(sweep));
  }
}
