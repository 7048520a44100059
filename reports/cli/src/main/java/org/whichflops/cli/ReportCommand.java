package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.page.Page;
import org.whichflops.report.workbook.Report;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The whole comparison as a page to look at, or as a workbook with live formulas. */
final class ReportCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "report",
            "Writes a comparison as a page (.html) with charts, or as a workbook (.xlsx) in which counts are formulas over layers' sizes.",
            "report resnet50 mobilenet_v2 -o report.html",
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
    if (destination.file() == null) {
      throw new RequestException("report writes a file; name it with -o report.html or .xlsx");
    }
    String file = String.valueOf(destination.file().getFileName());
    boolean isPage = file.toLowerCase(Locale.ROOT).endsWith(".html");
    if (!isPage && !file.toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
      throw new RequestException("report writes .html or .xlsx, not '%s'".formatted(file));
    }
    List<Convention> conventions = new ArrayList<>(ConventionOption.of(request));
    InputOptions input = InputOptions.of(request);
    Conventions installed = Conventions.installed();
    Convention from = ConventionOption.find(installed, request.matchedOptionValue("--from", "mac"));
    Convention to = ConventionOption.find(installed, request.matchedOptionValue("--to", "thop"));
    List<Network> networks = ModelArguments.of(request);
    List<String> made =
        List.of(
            "Made by Whichflops.",
            "Command: whichflops " + String.join(" ", request.originalArgs()));
    if (isPage) {
      add(from, request.hasMatchedOption("--from"), conventions);
      add(to, request.hasMatchedOption("--to"), conventions);
      Sweep sweep = new Sweep(networks, input.batches(), input.resolutions(), conventions);
      Page page = new Page(sweep, from.about().id(), to.about().id(), made);
      try (Progress progress = Progress.of(request, "reporting", networks.size())) {
        destination.write(out, writer -> page.write(writer, progress::step));
      }
      return;
    }
    Sweep sweep = new Sweep(networks, input.batches(), input.resolutions(), conventions);
    Report report = new Report(sweep, from, to, made);
    try (Progress progress = Progress.of(request, "reporting", networks.size())) {
      destination.writeBytes("a workbook", stream -> report.write(stream, progress::step));
    }
  }

  /** The page explains what it counts; so what is asked to be explained is counted too. */
  private static void add(Convention convention, boolean isAskedFor, List<Convention> conventions) {
    String id = convention.about().id();
    if (isAskedFor && conventions.stream().noneMatch(c -> c.about().id().equals(id))) {
      conventions.add(convention);
    }
  }
}
