package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.formula.ClosedForm;
import org.whichflops.report.formula.FormulaSearch;
import org.whichflops.report.formula.FormulaSheet;
import org.whichflops.report.formula.FormulaTable;
import org.whichflops.report.formula.FormulaText;
import org.whichflops.report.formula.Subject;
import org.whichflops.report.table.Caption;
import org.whichflops.report.table.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A model's total as a polynomial in its input's sizes. */
final class FormulaCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "formula",
            "Gives a model's total as a polynomial in batch N, height H and width W.",
            "formula mobilenet_v2 --convention mac",
            "formula resnet50 --convention mac,thop --resolution 225",
            "formula gpt2 --convention mac --format latex",
            "formula mobilenet_v2 --convention exact -o mobilenet.xlsx");
    spec.usageMessage()
        .description(
            "The polynomial is exact. It is found by interpolation and compared with counts at "
                + "hundreds of other sizes. It holds for sizes that divide as the model's own "
                + "do, or as those of --resolution: strides and windows round the others "
                + "otherwise. T is the length of a text, S the side of a square.");
    ModelArguments.addTo(spec, "1");
    InputOptions.addTo(spec);
    ConventionOption.addTo(spec);
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Convention> conventions = ConventionOption.of(request);
    InputOptions input = InputOptions.of(request);
    OutputOptions output = OutputOptions.of(request);
    Network network = ModelArguments.of(request).get(0);
    Long batch = one(input.batches(), "--batch");
    Resolution resolution = one(input.resolutions(), "--resolution");
    Subject subject = Subject.of(network, batch, resolution);
    if (!network.note().isEmpty()) { // what the total lacks
      Warning.say(request, network.note());
    }
    List<ClosedForm> forms = forms(request, subject, conventions);
    Caption caption =
        Caption.title("%s in closed form.".formatted(network.name()), Captions.notes(conventions));
    if (output.format() == Format.TABLE) {
      output.writeText(out, writer -> FormulaText.write(forms, writer));
    } else if (output.format() == Format.XLSX) {
      output.writeBytes(stream -> FormulaSheet.write(forms, caption.notes(), stream));
    } else if (output.format().isForPeople()) {
      output.write(out, caption, table -> FormulaTable.writeFormulas(forms, table));
    } else {
      output.write(out, caption, table -> FormulaTable.writeTerms(forms, table));
    }
  }

  /** What can be counted; the others are told apart, unless there is nothing else. */
  private static List<ClosedForm> forms(
      ParseResult request, Subject subject, List<Convention> conventions) {
    List<ClosedForm> forms = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Convention convention : conventions) {
      try {
        forms.add(FormulaSearch.of(subject, convention));
      } catch (IllegalArgumentException e) {
        refused.add(String.valueOf(e.getMessage()));
      }
    }
    if (forms.isEmpty()) {
      throw new RequestException(refused.get(0));
    }
    for (String refusal : refused) {
      Warning.say(request, refusal);
    }
    return forms;
  }

  private static <T> @Nullable T one(List<T> values, String option) {
    if (values.size() > 1) {
      throw new RequestException(
          "formula is for sizes like one; %s has %d values".formatted(option, values.size()));
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
