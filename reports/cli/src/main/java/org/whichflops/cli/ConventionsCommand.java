package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Rule;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What conventions there are, and the rules of one. */
@Command(
    name = "conventions",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the conventions, or the rules of one: what it sees, formula, source.",
    footer = {
      "",
      "In formulas x, x2, x3 are inputs, y is the output and w the weight; x[1] is a size, numel(x)",
      "the number of elements and spatial(x) the product of the sizes from the third on.",
      "",
      "Examples:",
      "  whichflops conventions",
      "  whichflops conventions thop",
      "  whichflops conventions ptflops --format json"
    })
final class ConventionsCommand implements Callable<Integer> {
  private final Writer out;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "A convention's id.")
  private @Nullable String id;

  @Mixin private OutputOptions output = new OutputOptions();

  ConventionsCommand(Writer out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Conventions installed = Conventions.installed();
    if (id == null) {
      output.write(out, table -> list(installed, table));
    } else {
      Convention convention = ConventionOption.find(installed, id);
      output.write(out, table -> rules(convention, table));
    }
    return 0;
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
