package org.whichflops.report.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.RulesTable;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.table.Caption;
import org.whichflops.report.table.HtmlTable;
import org.whichflops.report.table.HtmlText;
import org.whichflops.report.table.Unit;

/**
 * A comparison as one page of HTML.
 *
 * @param sweep what is counted; charts and layers show each network's first input that runs
 * @param from the id of the convention that the page first explains from; may be none of the
 *     sweep's
 * @param to the id of the convention that it explains
 * @param made lines that say what made the page, and how
 */
public record Page(Sweep sweep, String from, String to, List<String> made) {
  private static final int NAMED_IN_TITLE = 3;

  /** Keeps the lines as they are. */
  public Page {
    made = List.copyOf(made);
  }

  /**
   * Writes it.
   *
   * @throws org.whichflops.report.compare.NothingCountedException where not one input could run;
   *     nothing is written then
   */
  public void write(Writer out) throws IOException {
    write(out, () -> {});
  }

  /**
   * The same.
   *
   * @param networkDone is run when what there is to say of a network is written
   */
  public void write(Writer out, Runnable networkDone) throws IOException {
    StringWriter summary = new StringWriter();
    Caption words =
        Caption.title("Operations of one forward pass, and parameters, exactly.", List.of());
    ComparisonTable.wide(HtmlTable.part(summary, Unit.ONE, words), sweep.conventions())
        .write(sweep);
    PageSources sources = new PageSources();
    for (String piece : PageSources.template()) {
      switch (piece) {
        case "{{policy}}" -> out.append(sources.policy());
        case "{{title}}" -> out.append(HtmlText.escaped(title()));
        case "{{styles}}" -> sources.writeStyles(out);
        case "{{made}}" -> paragraphs(out, made);
        case "{{summary}}" -> out.append(summary.toString());
        case "{{conventions}}" -> conventions(out);
        case "{{licences}}" -> PageSources.writeLicences(out);
        case "{{data}}" -> data(out, networkDone);
        case "{{scripts}}" -> sources.writeScripts(out);
        default -> out.append(piece);
      }
    }
    out.flush();
  }

  private String title() {
    List<Network> networks = sweep.networks();
    String names =
        networks.stream()
            .limit(NAMED_IN_TITLE)
            .map(Network::name)
            .collect(Collectors.joining(", "));
    int more = networks.size() - NAMED_IN_TITLE;
    return more > 0 ? names + " and " + more + " more" : names;
  }

  private static void paragraphs(Writer out, List<String> lines) throws IOException {
    for (String line : lines) {
      out.append("<p>").append(HtmlText.escaped(line)).append("</p>\n");
    }
  }

  /** What every convention says of itself, and its rules with their sources. */
  private void conventions(Writer out) throws IOException {
    for (Convention convention : sweep.conventions()) {
      About about = convention.about();
      String tool = about.version().isEmpty() ? about.tool() : about.tool() + " " + about.version();
      out.append("<details class=\"convention\">\n<summary><b>")
          .append(HtmlText.escaped(about.id()))
          .append("</b> <span>")
          .append(HtmlText.escaped("(%s) counts %s".formatted(tool, about.quantity())))
          .append("</span></summary>\n");
      paragraphs(
          out,
          List.of(
              about.summary(),
              "Source: " + about.source(),
              "Watches a forward pass %s.".formatted(RulesTable.words(convention.mode()))));
      Caption caption = Caption.title("Rules of " + about.id(), List.of());
      RulesTable.write(convention, true, HtmlTable.part(out, Unit.ONE, caption));
      out.append("</details>\n");
    }
  }

  private void data(Writer out, Runnable networkDone) throws IOException {
    JsonGenerator json = DataIsland.open(out);
    Texts texts = new Texts();
    json.writeStartObject();
    json.writeStringField("from", from);
    json.writeStringField("to", to);
    json.writeArrayFieldStart("conventions");
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < sweep.conventions().size(); i++) {
      About about = sweep.conventions().get(i).about();
      json.writeStartObject();
      json.writeStringField("id", about.id());
      json.writeStringField("quantity", about.quantity());
      json.writeEndObject();
      if (about.id().equals(from) || about.id().equals(to)) {
        asked.add(i);
      }
    }
    json.writeEndArray();
    PairChoice pairs = new PairChoice(asked);
    json.writeArrayFieldStart("models");
    for (Network network : sweep.networks()) {
      new ModelData(network, sweep, texts).write(json, pairs);
      networkDone.run();
    }
    json.writeEndArray();
    json.writeFieldName("points");
    new PlotPoints(sweep).write(json);
    json.writeFieldName("texts");
    texts.write(json);
    json.writeEndObject();
    json.close();
  }
}
