package org.whichflops.report.papers;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/**
 * The value times {@code times}, where there is one, is what is printed: {@code
 * network,paper,where,quantity,printed,state,model,height,width,conventions,value,times,reason}.
 */
public final class FindingsTable {
  private FindingsTable() {}

  /** Writes findings in their order. */
  public static void write(List<Finding> findings, TableWriter table) throws IOException {
    table.begin(
        List.of(
            Column.text("network"),
            Column.text("paper"),
            Column.text("where"),
            Column.text("quantity"),
            Column.text("printed"),
            Column.text("state"),
            Column.text("model"),
            Column.number("height"),
            Column.number("width"),
            Column.text("conventions"),
            Column.number("value"),
            Column.text("times"),
            Column.text("reason")));
    for (Finding finding : findings) {
      PublishedNumber number = finding.number();
      table.row(
          number.network(),
          number.arxiv().isEmpty() ? number.paper() : number.paper() + ", arXiv " + number.arxiv(),
          number.where(),
          number.quantity(),
          number.printed(),
          finding.state().word(),
          number.model().isEmpty() ? null : number.model(),
          number.resolution() == null ? null : (Long) number.resolution().height(),
          number.resolution() == null ? null : (Long) number.resolution().width(),
          finding.conventions().isEmpty() ? null : String.join(" ", finding.conventions()),
          finding.value() == Finding.NONE ? null : (Long) finding.value(),
          number.times().compareTo(BigDecimal.ONE) == 0 ? null : number.times().toPlainString(),
          finding.reason().isEmpty() ? null : finding.reason());
    }
    table.close();
  }

  /** How many there are of each state. */
  public static String summary(List<Finding> findings) {
    return "%d published numbers: %d reproduced, %d explained, %d open."
        .formatted(
            findings.size(),
            count(findings, Finding.State.REPRODUCED),
            count(findings, Finding.State.EXPLAINED),
            count(findings, Finding.State.OPEN));
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }
}
