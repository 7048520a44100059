package org.whichflops.report.formula;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** Formulas as tables. */
public final class FormulaTable {
  private FormulaTable() {}

  /** A row a convention, for people; its notes only where there are any. */
  public static void writeFormulas(List<ClosedForm> forms, TableWriter table) throws IOException {
    boolean notes = forms.stream().anyMatch(form -> !form.held().isEmpty());
    List<Column> columns =
        List.of(Column.text("convention"), Column.prose("formula"), Column.prose("domain"));
    table.begin(notes ? with(columns, Column.prose("note")) : columns);
    for (ClosedForm form : forms) {
      List<Object> cells =
          List.of(form.about().id(), Notation.mathematics(form.polynomial()), form.domain());
      table.row((notes ? with(cells, String.join("; ", form.held())) : cells).toArray());
    }
    table.close();
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  /**
   * A row a term: {@code model,convention,term,coefficient,domain,note}, for programs; a
   * coefficient is a whole number or a fraction such as {@code 3/4}.
   */
  public static void writeTerms(List<ClosedForm> forms, TableWriter table) throws IOException {
    table.begin(
        List.of(
            Column.text("model"),
            Column.text("convention"),
            Column.text("term"),
            Column.text("coefficient"),
            Column.text("domain"),
            Column.text("note")));
    for (ClosedForm form : forms) {
      Polynomial polynomial = form.polynomial();
      if (polynomial.terms().isEmpty()) {
        row(form, "1", "0", table);
      }
      for (Polynomial.Monomial term : polynomial.terms()) {
        row(form, Notation.term(polynomial, term), term.coefficient().toString(), table);
      }
    }
    table.close();
  }

  private static void row(ClosedForm form, String term, String coefficient, TableWriter table)
      throws IOException {
    String note = String.join("; ", form.held());
    table.row(
        form.subject().network().name(),
        form.about().id(),
        term,
        coefficient,
        form.domain(),
        note.isEmpty() ? null : note);
  }
}
