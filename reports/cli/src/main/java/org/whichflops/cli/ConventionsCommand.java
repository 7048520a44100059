package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Rule;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What conventions there are, and the rules of one. */
final class ConventionsCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "conventions",
            "Lists the conventions, or the rules of one: what it sees, formula, source.",
            "conventions",
            "conventions thop",
            "conventions ptflops --format json");
    spec.usageMessage()
        .description(
            "In formulas x, x2 and x3 are inputs, y is the output and w the weight; x[1] is a "
                + "size, numel(x) the number of elements and spatial(x) the product of the sizes "
                + "from the third on.");
    spec.addPositional(Specs.positional("ID", "0..1", "A convention's id."));
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    OutputOptions output = OutputOptions.of(request);
    Conventions installed = Conventions.installed();
    List<String> ids = request.matchedPositionalValue(0, List.of());
    if (ids.isEmpty()) {
      output.write(out, table -> list(installed, table));
    } else {
      Convention convention = ConventionOption.find(installed, ids.get(0));
      output.write(out, table -> rules(convention, table));
    }
  }

  private static void list(Conventions installed, TableWriter table) throws IOException {
    table.begin(
        List.of(
            Column.text("convention"),
            Column.text("tool"),
            Column.text("version"),
            Column.text("quantity"),
            Column.text("counts"),
            Column.text("source")));
    for (Convention convention : installed.all()) {
      About about = convention.about();
      table.row(
          about.id(),
          about.tool(),
          about.version().isEmpty() ? null : about.version(),
          about.quantity(),
          about.summary(),
          about.source());
    }
    table.close();
  }

  private static void rules(Convention convention, TableWriter table) throws IOException {
    table.begin(
        List.of(
            Column.text("sees"),
            Column.text("formula"),
            Column.text("pays for"),
            Column.text("note"),
            Column.text("source")));
    for (Rule rule : convention.rules().rules()) {
      String labels =
          rule.formula().terms().stream()
              .map(term -> term.label().words())
              .collect(Collectors.joining(", "));
      for (String key : rule.keys()) {
        table.row(key, rule.formula().text(), labels, rule.note(), rule.source());
      }
    }
    table.close();
  }
}
