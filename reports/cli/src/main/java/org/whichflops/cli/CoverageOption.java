package org.whichflops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Coverage;
import org.whichflops.report.compare.LayersTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What conventions did not see, in a column of its own. */
final class CoverageOption {
  private static final String NAME = "--coverage";

  private CoverageOption() {}

  /** Declares the option. */
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Specs.flag("Add a column: what each convention did not see, and its worth.", NAME));
  }

  /** The column of a comparison; null where it is not asked for. */
  static ComparisonTable.@Nullable PointText ofPoints(ParseResult request, OutputOptions output) {
    if (!request.hasMatchedOption(NAME)) {
      return null;
    }
    Convention mac = mac();
    return (point, i) -> {
      Coverage coverage =
          Coverage.of(point.network(), point.input(), point.conventions().get(i), mac);
      return coverage == null ? null : coverage.text(number(output));
    };
  }

  /** The column of a list of layers; null where it is not asked for. */
  static LayersTable.@Nullable LayerText ofLayers(
      ParseResult request,
      OutputOptions output,
      Network network,
      Shape input,
      List<Convention> conventions) {
    if (!request.hasMatchedOption(NAME)) {
      return null;
    }
    Convention mac = mac();
    List<@Nullable Coverage> coverages = new ArrayList<>();
    for (Convention convention : conventions) {
      coverages.add(Coverage.of(network, input, convention, mac));
    }
    return layer -> {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < coverages.size(); i++) {
        Coverage coverage = coverages.get(i);
        String text = coverage == null ? null : coverage.text(layer, number(output));
        if (text != null) {
          String id = conventions.get(i).about().id();
          texts.add(conventions.size() == 1 ? text : id + ": " + text);
        }
      }
      return texts.isEmpty() ? null : String.join(" | ", texts);
    };
  }

  private static Convention mac() {
    return Conventions.installed().find("mac");
  }

  private static LongFunction<String> number(OutputOptions output) {
    return output.format().isForPeople() ? output.unit()::show : Long::toString;
  }
}
