package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Rule;
import org.whichflops.engine.formula.Term;
import org.whichflops.report.compare.RulesTable;
import org.whichflops.report.table.Wrap;

/** A convention for people: who it speaks for, its options, and a paragraph a rule. */
final class RulesText {
  private static final int WIDTH = 80;

  private RulesText() {}

  static void write(Convention convention, Writer out) throws IOException {
    About about = convention.about();
    String tool = about.version().isEmpty() ? about.tool() : about.tool() + " " + about.version();
    paragraph(out, "", "%s (%s, %s)".formatted(about.id(), tool, about.quantity()));
    paragraph(out, "  ", about.summary());
    paragraph(out, "  ", "source: " + about.source());
    paragraph(out, "  ", "watches a forward pass " + RulesTable.words(convention.mode()));
    for (Choice choice : convention.options()) {
      paragraph(
          out,
          "  ",
          "option %s=%s: %s".formatted(choice.name(), choice.values(), choice.meaning()));
    }
    for (Rule rule : convention.rules().rules()) {
      out.write('\n');
      paragraph(out, "", String.join(", ", rule.keys()));
      for (Term term : rule.formula().terms()) {
        String label = term.label().words();
        paragraph(out, "    ", "= %s (%s)".formatted(term.expr().text(), label));
      }
      if (!rule.note().isEmpty()) {
        paragraph(out, "    ", rule.note());
      }
      if (!rule.source().isEmpty()) {
        paragraph(out, "    ", rule.source());
      }
    }
  }

  private static void paragraph(Writer out, String indent, String text) throws IOException {
    List<String> lines = Wrap.lines(text, WIDTH - indent.length() - 2);
    for (int i = 0; i < lines.size(); i++) {
      out.append(indent).append(i == 0 ? "" : "  ").append(lines.get(i)).append('\n');
    }
  }
}
