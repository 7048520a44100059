package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.explain.Answer;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.LedgerTable;
import org.whichflops.report.explain.NetworkSide;
import org.whichflops.report.explain.Side;
import org.whichflops.report.identify.Identification;
import org.whichflops.report.identify.IdentificationTable;
import org.whichflops.report.identify.PrintedNumber;
import org.whichflops.report.table.Caption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Why two counts differ, in causes that add up. */
final class ExplainCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "explain",
            "Explains why two conventions, two models or two inputs differ; the causes add up.",
            "explain resnet50 --from mac --to thop",
            "explain resnet50 --against \"resnet50(stride_in_1x1=true)\"",
            "explain vgg16 --resolution 224 --against-resolution 256 --convention ptflops",
            "explain mobilenet_v2 --from ptflops --to fvcore --by layer --top 10",
            "explain resnet50 --claimed 3.8G");
    ModelArguments.addTo(spec, "1");
    spec.addOption(Specs.value("ID", "The convention to start from. Default: mac.", "--from"));
    spec.addOption(Specs.value("ID", "The convention to explain. Default: thop.", "--to"));
    spec.addOption(
        Specs.value("MODEL", "Another model, compared under one convention.", "--against"));
    spec.addOption(Specs.value("N", "Another batch.", "--against-batch"));
    spec.addOption(Specs.value("SIZE", "Another resolution.", "--against-resolution"));
    spec.addOption(
        Specs.value(
            "ID", "The convention for two models or inputs. Default: mac.", "-c", "--convention"));
    spec.addOption(
        Specs.value(
            "VALUE", "A printed number: which convention, input or variant it is.", "--claimed"));
    spec.addOption(Specs.value("WHAT", "A row a cause (default), kind or layer.", "--by"));
    spec.addOption(
        Specs.value("N", "Show the N largest differences and add up the rest.", "--top"));
    InputOptions.addTo(spec);
    OutputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    LedgerTable.By by = by(request.matchedOptionValue("--by", "cause"));
    int top = top(request.matchedOptionValue("--top", ""));
    OutputOptions output = OutputOptions.of(request);
    Network network = ModelArguments.of(request).get(0);
    if (request.hasMatchedOption("--claimed")) {
      claimed(request, network, top, output, out);
      return;
    }
    Shape input = InputOptions.of(request).only(network, "explain");
    boolean networks = false;
    for (String option : List.of("--against", "--against-batch", "--against-resolution")) {
      networks |= request.hasMatchedOption(option);
    }
    Ledger ledger =
        networks ? betweenNetworks(request, network, input) : conventions(request, network, input);
    String subject =
        networks ? convention(request, "-c", "mac").about().id() : network.name() + " at " + input;
    Caption caption =
        Caption.answer(Answer.of(subject, ledger), Captions.notes(counted(request, networks)));
    output.write(out, caption, table -> LedgerTable.write(ledger, by, top, table));
  }

  private static void claimed(
      ParseResult request, Network network, int top, OutputOptions output, Writer out)
      throws IOException {
    for (String option : List.of("--from", "--to", "--against", "-b", "-r", "--by")) {
      if (request.hasMatchedOption(option)) {
        throw new RequestException("explain --claimed tries inputs itself; leave out " + option);
      }
    }
    PrintedNumber claim = PrintedNumber.parse(request.matchedOptionValue("--claimed", ""));
    List<String> models = request.matchedPositionalValue(0, List.of());
    List<Convention> conventions =
        request.hasMatchedOption("-c")
            ? List.of(convention(request, "-c", ""))
            : List.copyOf(Conventions.installed().all());
    Identification found = Claims.of(claim, models.get(0), network, conventions);
    output.write(
        out,
        Caption.answer(Claims.explained(found, network, top), List.of()),
        table -> IdentificationTable.write(found, top, table));
  }

  private static Ledger conventions(ParseResult request, Network network, Shape input) {
    if (request.hasMatchedOption("-c")) {
      throw new RequestException(
          "explain takes --from and --to for two conventions; --convention goes with --against");
    }
    return Ledger.between(
        side(convention(request, "--from", "mac"), network, input),
        side(convention(request, "--to", "thop"), network, input));
  }

  private static Side side(Convention convention, Network network, Shape input) {
    try {
      return Side.of(convention, network, input);
    } catch (ToolFailureException e) {
      throw failed(convention, network, e);
    }
  }

  private static RequestException failed(
      Convention convention, Network network, ToolFailureException e) {
    return new RequestException(
        "%s fails on %s: %s".formatted(convention.about().tool(), network.name(), e.getMessage()));
  }

  private static Ledger betweenNetworks(ParseResult request, Network network, Shape input) {
    if (request.hasMatchedOption("--from") || request.hasMatchedOption("--to")) {
      throw new RequestException(
          "--against compares under one --convention; --from and --to compare two");
    }
    Convention convention = convention(request, "-c", "mac");
    String against = request.matchedOptionValue("--against", "");
    Network other =
        against.isEmpty()
            ? network
            : ModelArguments.read(against, request.hasMatchedOption("--strict"));
    InputOptions own = InputOptions.of(request);
    List<Long> batches =
        atMostOne("--against-batch", InputOptions.batches(request, "--against-batch"));
    List<Resolution> resolutions =
        atMostOne(
            "--against-resolution", InputOptions.resolutions(request, "--against-resolution"));
    InputOptions others =
        new InputOptions(
            batches.isEmpty() ? own.batches() : batches,
            resolutions.isEmpty() ? own.resolutions() : resolutions);
    try {
      return Ledger.between(
          NetworkSide.of(convention, network, input),
          NetworkSide.of(convention, other, others.only(other, "explain")));
    } catch (ToolFailureException e) {
      throw failed(convention, network, e);
    }
  }

  private static <T> List<T> atMostOne(String option, List<T> values) {
    if (values.size() > 1) {
      throw new RequestException("%s takes one value, not %d".formatted(option, values.size()));
    }
    return values;
  }

  private static Convention convention(ParseResult request, String option, String fallback) {
    String id = request.matchedOptionValue(option, fallback);
    return ConventionOption.find(Conventions.installed(), id);
  }

  /** Whose counts are explained. */
  private static List<Convention> counted(ParseResult request, boolean networks) {
    return networks
        ? List.of(convention(request, "-c", "mac"))
        : List.of(convention(request, "--from", "mac"), convention(request, "--to", "thop"));
  }

  private static LedgerTable.By by(String text) {
    for (LedgerTable.By by : LedgerTable.By.values()) {
      if (by.name().toLowerCase(Locale.ROOT).equals(text)) {
        return by;
      }
    }
    throw new RequestException("--by is cause, kind or layer, not '%s'".formatted(text));
  }

  static int top(String text) {
    if (text.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    try {
      int top = Integer.parseInt(text);
      if (top >= 1) {
        return top;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw new RequestException("--top is a whole number of 1 or more, not '%s'".formatted(text));
  }
}
