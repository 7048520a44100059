package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.Conventions;
import org.whichflops.report.papers.Finding;
import org.whichflops.report.papers.FindingsTable;
import org.whichflops.report.papers.PublishedNumber;
import org.whichflops.report.papers.PublishedNumbers;
import org.whichflops.report.papers.Reproduction;
import org.whichflops.report.table.Caption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Published numbers beside what comes out. */
final class PapersCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "papers",
            "Shows what papers print beside the convention that gives it, or why none does.",
            "papers mobilenet",
            "papers resnet swin --format csv",
            "papers 1801.04381");
    spec.addPositional(
        Specs.positional(
            "NAME", "0..*", "Words of a network, family, paper or model; all without one."));
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<String> words = request.matchedPositionalValue(0, List.of());
    OutputOptions output = OutputOptions.of(request);
    List<PublishedNumber> numbers =
        PublishedNumbers.all().stream()
            .filter(number -> words.isEmpty() || words.stream().anyMatch(number::mentions))
            .toList();
    if (numbers.isEmpty()) {
      throw new RequestException(
          "no published number mentions %s; 'whichflops papers' lists all"
              .formatted(String.join(" or ", words)));
    }
    Reproduction reproduction = new Reproduction(List.copyOf(Conventions.installed().all()));
    List<Finding> findings = new ArrayList<>();
    try (Progress progress = Progress.of(request, "comparing", numbers.size())) {
      for (PublishedNumber number : numbers) {
        findings.add(reproduction.of(number));
        progress.step();
      }
    }
    output.write(
        out,
        Caption.answer(FindingsTable.summary(findings), List.of()),
        table -> FindingsTable.write(findings, table));
  }
}
