package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.report.identify.Identification;
import org.whichflops.report.identify.IdentificationTable;
import org.whichflops.report.identify.PrintedNumber;
import org.whichflops.report.identify.ZooCounts;
import org.whichflops.report.table.Caption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which model, input and convention print a number. */
final class IdentifyCommand implements Command {
  static final int SHOWN = 20;

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "identify",
            "Finds which model, input and convention print a number with the digits it has.",
            "identify 4.09G",
            "identify \"300M MAdds\"",
            "identify 4133742592",
            "identify 0.72GMac --model alexnet");
    spec.addPositional(
        Specs.positional("VALUE", "1", "The number as printed: 3.8G, 300M, 4089184256."));
    spec.addOption(
        Specs.value(
            "MODEL", "One model, with its options, other inputs and usual slips.", "--model"));
    spec.addOption(Specs.values("ID,...", "Conventions. Default: all.", "-c", "--convention"));
    spec.addOption(Specs.value("N", "Show N candidates. Default: " + SHOWN + ".", "--top"));
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<String> values = request.matchedPositionalValue(0, List.of());
    PrintedNumber claim = PrintedNumber.parse(values.get(0));
    Conventions installed = Conventions.installed();
    List<Convention> conventions =
        request.hasMatchedOption("-c")
            ? ConventionOption.of(request, installed)
            : List.copyOf(installed.all());
    int top = ExplainCommand.top(request.matchedOptionValue("--top", String.valueOf(SHOWN)));
    OutputOptions output = OutputOptions.of(request);
    String model = request.matchedOptionValue("--model", "");
    Identification found =
        model.isEmpty()
            ? Identification.inZoo(claim, conventions, ZooCounts.of(conventions, installed))
            : Claims.of(claim, model, ModelArguments.read(model, false), conventions);
    output.write(
        out,
        Caption.answer(Claims.answer(found, top), List.of()),
        table -> IdentificationTable.write(found, top, table));
  }
}
