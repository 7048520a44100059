package org.whichflops.report.workbook;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Rule;

/** The sheet with every convention's rules. */
final class ConventionsSheet {
  private static final List<String> HEAD =
      List.of("convention", "tool", "version", "quantity", "sees", "formula", "note", "source");

  /** The first column with sentences, and how wide such columns are. */
  private static final int PROSE = 4;

  private static final int PROSE_WIDTH = 50;

  private final Grid sheet;
  private int row;

  ConventionsSheet(Grid sheet) {
    this.sheet = sheet;
  }

  /** Writes the sheet. */
  void write(List<Convention> conventions) {
    for (int i = 0; i < HEAD.size(); i++) {
      sheet.text(0, i, HEAD.get(i), Look.HEAD);
    }
    row = 1;
    for (Convention convention : conventions) {
      About about = convention.about();
      line(about, "", "", about.summary(), about.source());
      for (Rule rule : convention.rules().rules()) {
        String sees = String.join(", ", rule.keys());
        line(about, sees, rule.formula().text(), rule.note(), rule.source());
      }
    }
    sheet.freeze(1, 1);
    sheet.filter(0, row - 1, HEAD.size());
    sheet.fit();
    for (int i = PROSE; i < HEAD.size(); i++) {
      sheet.width(i, PROSE_WIDTH);
    }
  }

  private void line(About about, String... rest) {
    String[] first = {about.id(), about.tool(), about.version(), about.quantity()};
    for (int i = 0; i < first.length; i++) {
      sheet.text(row, i, first[i], Look.PLAIN);
    }
    for (int i = 0; i < rest.length; i++) {
      if (!rest[i].isEmpty()) {
        sheet.text(row, PROSE + i, rest[i], Look.PROSE);
      }
    }
    row++;
  }
}
