package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;
import org.whichflops.zoo.Names;
import org.whichflops.zoo.Zoo;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What models there are. */
final class ModelsCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "models",
            "Lists the zoo's models, those that match a word, or one model's options.",
            "models",
            "models vgg",
            "models mobilenet_v2");
    spec.addPositional(
        Specs.positional(
            "WORD",
            "0..1",
            "Part of a name, family or source; a whole name shows that model's options."));
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    OutputOptions output = OutputOptions.of(request);
    List<String> words = request.matchedPositionalValue(0, List.of());
    String wanted = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
    List<Architecture> all = Zoo.architectures();
    List<Architecture> exact = all.stream().filter(a -> a.name().equals(wanted)).toList();
    if (!exact.isEmpty()) {
      // People see whose options these are; for programs every table has the same columns.
      String name = output.format().isForPeople() ? exact.get(0).name() : "name";
      output.write(out, table -> options(exact.get(0), name, table));
      return;
    }
    List<Architecture> matching = all.stream().filter(a -> matches(a, wanted)).toList();
    if (matching.isEmpty()) {
      throw new RequestException(
          "no model matches '%s'; %s"
              .formatted(
                  wanted, Names.suggestion(wanted, all.stream().map(Architecture::name).toList())));
    }
    output.write(out, table -> list(matching, table));
  }

  private static boolean matches(Architecture architecture, String word) {
    return (architecture.name() + "\n" + architecture.family() + "\n" + architecture.source())
        .toLowerCase(Locale.ROOT)
        .contains(word);
  }

  private static void list(List<Architecture> architectures, TableWriter table) throws IOException {
    table.begin(
        List.of(
            Column.text("model"),
            Column.text("family"),
            Column.text("input"),
            Column.count("params"),
            Column.text("options"),
            Column.text("source")));
    for (Architecture architecture : architectures) {
      table.row(
          architecture.name(),
          architecture.family(),
          architecture.input().shape().toString(),
          architecture.build(Map.of()).parameters(),
          String.join(" ", architecture.options().stream().map(Option::name).toList()),
          architecture.source());
    }
    table.close();
  }

  private static void options(Architecture architecture, String name, TableWriter table)
      throws IOException {
    table.begin(List.of(Column.text(name), Column.text("value"), Column.text("meaning")));
    table.row("family", architecture.family(), null);
    table.row("source", architecture.source(), null);
    table.row("input", architecture.input().shape().toString(), null);
    table.row("params", Long.toString(architecture.build(Map.of()).parameters()), null);
    if (!architecture.remark().isEmpty()) {
      table.row("remark", architecture.remark(), null);
    }
    for (Option<?> option : architecture.options()) {
      table.row(
          "option " + option.name(),
          String.valueOf(option.fallback()),
          option.meaning() + "; " + option.kind());
    }
    table.close();
  }
}
