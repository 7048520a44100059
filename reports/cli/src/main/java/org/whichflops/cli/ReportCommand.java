package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.workbook.Report;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The whole comparison as a workbook with live formulas. */
final class ReportCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "report",
            "Writes a comparison as a workbook in which counts are formulas over layers' sizes.",
            "report resnet50 mobilenet_v2 -o report.xlsx",
            "report vgg16 --batch 8 -c mac,ptflops --from mac --to ptflops -o vgg16.xlsx");
    ModelArguments.addTo(spec, "1..*");
    InputOptions.addTo(spec);
    ConventionOption.addTo(spec);
    spec.addOption(Specs.value("ID", "Explain from this convention. Default: mac.", "--from"));
    spec.addOption(Specs.value("ID", "Explain this convention. Default: thop.", "--to"));
    Destination.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    Destination destination = Destination.of(request);
    String file = String.valueOf(destination.needsFile("a workbook").getFileName());
    if (!file.toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
      throw new RequestException("report writes .xlsx, not '%s'".formatted(file));
    }
    List<Convention> conventions = ConventionOption.of(request);
    InputOptions input = InputOptions.of(request);
    Conventions installed = Conventions.installed();
    Convention from = ConventionOption.find(installed, request.matchedOptionValue("--from", "mac"));
    Convention to = ConventionOption.find(installed, request.matchedOptionValue("--to", "thop"));
    List<Network> networks = ModelArguments.of(request);
    Sweep sweep = new Sweep(networks, input.batches(), input.resolutions(), conventions);
    List<String> made =
        List.of(
            "Made by Whichflops.",
            "Command: whichflops " + String.join(" ", request.originalArgs()));
    Report report = new Report(sweep, from, to, made);
    destination.writeBytes("a workbook", report::write);
  }
}
