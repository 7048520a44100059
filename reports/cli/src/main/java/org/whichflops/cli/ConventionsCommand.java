package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.custom.ConventionFiles;
import org.whichflops.report.compare.RulesTable;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.TableWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What conventions there are, the rules of one, and where two differ. */
final class ConventionsCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "conventions",
            "Lists the conventions, or the rules of one: what it sees, formula, source.",
            "conventions",
            "conventions thop",
            "conventions thop --diff ptflops",
            "conventions thop --format latex -o appendix.tex",
            "conventions thop --format json -o mine.json");
    spec.usageMessage()
        .description(
            "In formulas x, x2 and x3 are inputs, y is the output and w the weight; x[1] is a "
                + "size, numel(x) the number of elements and spatial(x) the product of the sizes "
                + "from the third on. As JSON, a convention is a file to change and to count by: "
                + "compare resnet50 -c ./mine.json.");
    spec.addPositional(Specs.positional("ID", "0..1", "A convention's id, or a file of your own."));
    spec.addOption(Specs.value("OTHER", "Only the rules that differ from another's.", "--diff"));
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    OutputOptions output = OutputOptions.of(request);
    Conventions installed = Conventions.installed();
    List<String> ids = request.matchedPositionalValue(0, List.of());
    String other = request.matchedOptionValue("--diff", null);
    if (ids.isEmpty() && other != null) {
      throw new RequestException("--diff compares two: conventions ID --diff OTHER");
    }
    if (ids.isEmpty()) {
      output.write(out, table -> list(installed, output.format() == Format.TABLE, table));
      return;
    }
    Convention convention = ConventionOption.find(installed, ids.get(0));
    boolean forPeople = output.format().isForPeople();
    if (other != null) {
      Convention second = ConventionOption.find(installed, other);
      output.write(out, table -> RulesTable.writeDifference(convention, second, forPeople, table));
    } else if (output.format() == Format.TABLE) {
      output.writeText(out, writer -> RulesText.write(convention, writer));
    } else if (output.format() == Format.JSON) {
      output.writeText(out, writer -> ConventionFiles.write(convention, writer));
    } else {
      output.write(out, table -> RulesTable.write(convention, forPeople, table));
    }
  }

  /**
   * Lists them, each on one line.
   *
   * @param shortened whether to leave out what makes lines too long to read
   */
  private static void list(Conventions installed, boolean shortened, TableWriter table)
      throws IOException {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.text("convention"),
                Column.text("tool"),
                Column.text("version"),
                Column.text("quantity"),
                Column.text("counts")));
    if (!shortened) {
      columns.add(Column.text("source"));
    }
    table.begin(columns);
    for (Convention convention : installed.all()) {
      About about = convention.about();
      Object[] cells = new Object[columns.size()];
      cells[0] = about.id();
      cells[1] = about.tool();
      cells[2] = about.version().isEmpty() ? null : about.version();
      cells[3] = about.quantity();
      cells[4] = about.summary();
      if (!shortened) {
        cells[5] = about.source();
      }
      table.row(cells);
    }
    table.close();
  }
}
