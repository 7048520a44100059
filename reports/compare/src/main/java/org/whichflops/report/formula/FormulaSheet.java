package org.whichflops.report.formula;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.whichflops.report.table.SheetText;

/** Formulas as a workbook: sizes to type over, and totals that follow. */
public final class FormulaSheet {
  /** The column of the height. */
  private static final int HEIGHT = 1;

  private FormulaSheet() {}

  /**
   * Writes a workbook of one sheet, and one of notes.
   *
   * @param forms of one subject
   * @param notes what is said about them
   */
  public static void write(List<ClosedForm> forms, List<String> notes, OutputStream out)
      throws IOException {
    Workbook workbook = new Workbook(out, "Whichflops", null);
    Worksheet sheet = workbook.newWorksheet("Formula");
    List<String> variables = forms.get(0).subject().symbols();
    List<String> head = new ArrayList<>(variables);
    head.addAll(List.of("total", "convention", "domain", "formula"));
    for (int i = 0; i < head.size(); i++) {
      SheetText.text(sheet, 0, i, head.get(i));
      sheet.style(0, i).bold().set();
    }
    for (int i = 0; i < forms.size(); i++) {
      row(sheet, i + 1, forms.get(i));
    }
    int total = variables.size();
    sheet.width(total, 22);
    sheet.width(total + 2, 50);
    sheet.width(total + 3, 60);
    sheet.freezePane(0, 1);
    sheet.finish();
    List<String> all = new ArrayList<>(notes);
    all.add("Type other sizes over those in the first columns: the total follows.");
    all.add("A spreadsheet is exact while no product on the way is past 2^53, about 9.0e15.");
    SheetText.notes(workbook.newWorksheet("Notes"), all);
    workbook.finish();
  }

  private static void row(Worksheet sheet, int row, ClosedForm form) {
    long[] own = form.subject().own();
    for (int i = 0; i < own.length; i++) {
      SheetText.number(sheet, row, i, own[i]);
    }
    sheet.formula(row, own.length, live(form, row + 1));
    sheet.style(row, own.length).format("#,##0").set();
    SheetText.text(sheet, row, own.length + 1, form.about().id());
    List<String> domain = new ArrayList<>(List.of(form.domain()));
    domain.addAll(form.held());
    SheetText.text(sheet, row, own.length + 2, String.join("; ", domain));
    SheetText.text(sheet, row, own.length + 3, Notation.text(form.polynomial()));
  }

  /** The total inside the domain; outside of it, no number. */
  private static String live(ClosedForm form, int row) {
    List<String> symbols = form.subject().symbols();
    List<String> conditions = new ArrayList<>();
    long[] own = form.subject().own();
    for (int i = 0; i < symbols.size(); i++) {
      if (isSide(form, symbols.get(i))) {
        conditions.add("%s=%s".formatted(Cell.name(i, row), Cell.name(HEIGHT, row)));
      } else if (!form.symbols().contains(symbols.get(i))) {
        conditions.add("%s=%d".formatted(Cell.name(i, row), own[i]));
      }
    }
    for (int i = 0; i < form.ranges().size(); i++) {
      Range range = form.ranges().get(i);
      String cell = Cell.name(column(form, i), row);
      conditions.add("%s>=%d".formatted(cell, range.least()));
      conditions.add("MOD(%s,%d)=%d".formatted(cell, range.period(), range.remainder()));
      if (range.most() > 0) {
        conditions.add("%s<=%d".formatted(cell, range.most()));
      }
    }
    String formula = Notation.sheet(form.polynomial(), i -> Cell.name(column(form, i), row));
    return "IF(AND(%s),%s,\"outside the domain\")"
        .formatted(String.join(",", conditions), formula.substring(1));
  }

  /** Whether a size is the height or width of a square. */
  private static boolean isSide(ClosedForm form, String symbol) {
    return form.symbols().contains("S") && !symbol.equals(Subject.BATCH);
  }

  /** The column of a variable; a square's side stands in that of the height. */
  private static int column(ClosedForm form, int variable) {
    String symbol = form.symbols().get(variable);
    return form.subject().symbols().indexOf(symbol.equals("S") ? "H" : symbol);
  }
}
