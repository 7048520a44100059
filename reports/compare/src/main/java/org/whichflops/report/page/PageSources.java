package org.whichflops.report.page;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.report.table.HtmlTable;
import org.whichflops.report.table.HtmlText;
import org.whichflops.report.table.InlineSource;

/** The scripts and style sheets of the page: two libraries', and our own beside this class. */
final class PageSources {
  private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/";
  private static final String TABLES = "/META-INF/resources/webjars/tabulator-tables/6.3.1/";

  /** In the order in which one uses the other. */
  private static final List<String> SCRIPTS =
      List.of(
          "numbers.js",
          "csv.js",
          "elements.js",
          "data.js",
          "charts.js",
          "ladder.js",
          "waterfall.js",
          "sweep.js",
          "tree.js",
          "layers.js",
          "main.js");

  private final List<InlineSource> styles = new ArrayList<>();
  private final List<InlineSource> scripts = new ArrayList<>();

  PageSources() {
    styles.add(library(TABLES + "dist/css/tabulator_simple.min.css"));
    styles.add(InlineSource.of(HtmlTable.class, "table.css"));
    styles.add(InlineSource.of(PageSources.class, "page.css"));
    scripts.add(library(CHARTS + "dist/chart.umd.min.js"));
    scripts.add(library(TABLES + "dist/js/tabulator.min.js"));
    for (String script : SCRIPTS) {
      scripts.add(InlineSource.of(PageSources.class, script));
    }
  }

  private static InlineSource library(String name) {
    return InlineSource.ofLibrary(PageSources.class, name);
  }

  /** The page's frame, cut into what stands as it is and what is filled in. */
  static List<String> template() {
    String frame = InlineSource.text(PageSources.class, "page.html");
    List<String> pieces = new ArrayList<>();
    int at = 0;
    for (int open = frame.indexOf("{{"); open >= 0; open = frame.indexOf("{{", at)) {
      int close = frame.indexOf("}}", open) + 2;
      pieces.add(frame.substring(at, open));
      pieces.add(frame.substring(open, close));
      at = close;
    }
    pieces.add(frame.substring(at));
    return pieces;
  }

  /** What the page may run and show. */
  String policy() {
    return InlineSource.policy(scripts, styles);
  }

  /** The terms that the libraries are used under. */
  static void writeLicences(Writer out) throws IOException {
    licence(out, "Chart.js 4.5.1", CHARTS + "LICENSE.md");
    licence(out, "Tabulator 6.3.1", TABLES + "LICENSE");
  }

  private static void licence(Writer out, String library, String name) throws IOException {
    String text = InlineSource.text(PageSources.class, name);
    out.append("<h3>").append(library).append("</h3>\n<pre>");
    for (String line : text.split("\n", -1)) {
      out.append(HtmlText.escaped(line)).append('\n');
    }
    out.append("</pre>\n");
  }

  void writeStyles(Writer out) throws IOException {
    for (InlineSource style : styles) {
      out.append("<style>").append(style.text()).append("</style>\n");
    }
  }

  void writeScripts(Writer out) throws IOException {
    for (InlineSource script : scripts) {
      out.append("<script>").append(script.text()).append("</script>\n");
    }
  }
}
