package org.whichflops.report.formula;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whichflops.convention.About;
import org.whichflops.report.table.SafeText;

/** Formulas for people, a paragraph each. */
public final class FormulaText {
  private FormulaText() {}

  /** Writes formulas. */
  public static void write(List<ClosedForm> forms, Writer out) throws IOException {
    for (int i = 0; i < forms.size(); i++) {
      out.append(i == 0 ? "" : "\n").append(of(forms.get(i)));
    }
    out.flush();
  }

  private static String of(ClosedForm form) {
    StringBuilder text = new StringBuilder();
    About about = form.about();
    String model = SafeText.line(form.subject().network().name());
    line(text, "%s: %s of %s", about.id(), about.quantity(), model);
    line(text, "  %s", Notation.text(form.polynomial()));
    String domain = form.domain();
    if (!domain.isEmpty()) {
      line(text, "  for %s", domain);
    }
    for (String held : form.held()) {
      line(text, "  with %s", SafeText.line(held));
    }
    String steps = steps(form.ranges());
    if (!steps.isEmpty()) {
      line(text, "  with %s that is %s", steps, Notation.text(form.inSteps()));
    }
    if (!form.ranges().isEmpty()) {
      line(text, "  in cells %s: %s", cells(form), Notation.sheet(form.polynomial(), Cell::name));
    }
    line(text, "  at %s: %s", sizes(form), total(form));
    line(
        text,
        form.ranges().isEmpty() ? "  as counted" : "  made from %d counts and equal to %,d more%s",
        form.found(),
        form.checked(),
        upTo(form.ranges()));
    String elsewhere = elsewhere(form.ranges());
    if (!elsewhere.isEmpty()) {
      line(text, "  %s", elsewhere);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** {@code H = 32 h, W = 32 w}. */
  private static String steps(List<Range> ranges) {
    List<String> steps = new ArrayList<>();
    for (Range range : ranges) {
      if (range.period() > 1) {
        String more = range.remainder() == 0 ? "" : " + " + range.remainder();
        String small = range.symbol().toLowerCase(Locale.ROOT);
        steps.add("%s = %d %s%s".formatted(range.symbol(), range.period(), small, more));
      }
    }
    return String.join(", ", steps);
  }

  private static String cells(ClosedForm form) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < form.symbols().size(); i++) {
      cells.add(form.symbols().get(i) + " " + Cell.name(i));
    }
    return String.join(", ", cells);
  }

  private static String sizes(ClosedForm form) {
    List<String> sizes = new ArrayList<>();
    long[] own = form.subject().own();
    for (int i = 0; i < own.length; i++) {
      sizes.add(form.subject().symbols().get(i) + " = " + own[i]);
    }
    return String.join(", ", sizes);
  }

  private static String total(ClosedForm form) {
    BigInteger total = form.total();
    if (total == null) {
      return "too large to count at, and outside";
    }
    String number = String.format(Locale.ROOT, "%,d", total);
    if (!form.isCounted()) {
      return number + " by the formula; too large to count at";
    }
    return form.covers(form.subject().own())
        ? number
        : number + " as counted; the formula is not for it";
  }

  private static String upTo(List<Range> ranges) {
    List<String> most = new ArrayList<>();
    for (Range range : ranges) {
      most.add("%s = %d".formatted(range.symbol(), range.tried()));
    }
    return most.isEmpty() ? "" : ", up to " + String.join(", ", most);
  }

  private static String elsewhere(List<Range> ranges) {
    long remainders = 1;
    List<String> symbols = new ArrayList<>();
    for (Range range : ranges) {
      if (range.period() > 1) {
        remainders = Math.multiplyExact(remainders, range.period());
        symbols.add(range.symbol());
      }
    }
    return symbols.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "not for the %,d other remainders of %s, where sizes are rounded: name one with --resolution",
            remainders - 1,
            String.join(" and ", symbols));
  }
}
