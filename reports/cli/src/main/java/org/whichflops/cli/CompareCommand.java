package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.table.Caption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The main job: models x batches x resolutions, one column a convention. */
final class CompareCommand implements Command {
  private static final int MOST_JOBS = 1024;

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "compare",
            "Counts models under conventions side by side, over batches and resolutions.",
            "compare resnet50",
            "compare alexnet vgg16 \"mobilenet_v2(width_mult=0.75)\" -r 224,192x256",
            "compare net.pt2 --batch 1,32",
            "compare resnet50 -c all --long --format csv -o resnet50.csv",
            "compare vit_b_16 -c thop --coverage");
    ModelArguments.addTo(spec, "1..*");
    InputOptions.addTo(spec);
    ConventionOption.addTo(spec);
    OutputOptions.addTo(spec);
    spec.addOption(Specs.flag("One row a convention instead of one column.", "--long"));
    CoverageOption.addTo(spec);
    spec.addOption(
        Specs.value("N", "Threads that count. Default: as many as processors.", "--jobs"));
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Convention> conventions = ConventionOption.of(request);
    InputOptions input = InputOptions.of(request);
    OutputOptions output = OutputOptions.of(request);
    List<Network> networks = ModelArguments.of(request);
    Sweep sweep = new Sweep(networks, input.batches(), input.resolutions(), conventions);
    ComparisonTable.PointText coverage = CoverageOption.ofPoints(request, output);
    int jobs = jobs(request);
    boolean longForm = request.hasMatchedOption("--long");
    String words = "Operations of one forward pass, each row at the batch, height and width in it.";
    long points = (long) networks.size() * Math.max(1, input.batches().size());
    points *= Math.max(1, input.resolutions().size());
    output.write(
        request,
        out,
        Caption.title(words, Captions.notes(conventions)),
        longForm ? points * conventions.size() : points,
        table ->
            (longForm
                    ? ComparisonTable.longForm(table, coverage)
                    : ComparisonTable.wide(table, conventions, coverage))
                .write(sweep, jobs));
  }

  private static int jobs(ParseResult request) {
    String text = request.matchedOptionValue("--jobs", null);
    if (text == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int jobs = Integer.parseInt(text);
      if (jobs >= 1 && jobs <= MOST_JOBS) {
        return jobs;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw new RequestException(
        "--jobs '%s' is not a whole number from 1 to %d".formatted(text, MOST_JOBS));
  }
}
