package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of HTML: a page of its own that loads nothing, or a part of another page. Counts are in
 * the unit asked for, and in full beside it, where programs and pointers find them.
 */
public final class HtmlTable implements TableWriter {
  private final Writer out;
  private final Unit unit;
  private final Caption caption;
  private final boolean isPage;
  private List<Column> columns = List.of();

  private HtmlTable(Writer out, Unit unit, Caption caption, boolean isPage) {
    this.out = out;
    this.unit = unit;
    this.caption = caption;
    this.isPage = isPage;
  }

  /** A table that is a page of its own. */
  static HtmlTable page(Writer out, Unit unit, Caption caption) {
    return new HtmlTable(out, unit, caption, true);
  }

  /** A table inside a page. */
  public static HtmlTable part(Writer out, Unit unit, Caption caption) {
    return new HtmlTable(out, unit, caption, false);
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    String words = caption.words().isEmpty() ? "Table" : HtmlText.escaped(caption.words());
    if (isPage) {
      InlineSource style = InlineSource.of(HtmlTable.class, "table.css");
      out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
      out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
          .append(InlineSource.policy(List.of(), List.of(style)))
          .append("\">\n");
      out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
      out.append("<title>Whichflops: ").append(words).append("</title>\n");
      out.append("<style>").append(style.text()).append("</style>\n");
      out.append("<main>\n<h1>Whichflops</h1>\n");
    }
    // Wider than a phone: it scrolls by itself, by keyboard too.
    out.append("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
    out.append(words).append("\">\n<table>\n<caption>").append(words).append("</caption>\n");
    out.append("<thead><tr>");
    for (Column column : columns) {
      out.append(column.isNumber() ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
      out.append(HtmlText.escaped(column.name())).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
  }

  @Override
  public void row(@Nullable Object... cells) throws IOException {
    out.append("<tr>");
    for (int i = 0; i < cells.length; i++) {
      Column column = columns.get(i);
      String tag = i == 0 ? "th" : "td";
      out.append('<').append(tag).append(i == 0 ? " scope=\"row\"" : "");
      out.append(column.isNumber() ? " class=\"number\">" : ">");
      out.append(content(column, cells[i])).append("</").append(tag).append('>');
    }
    out.append("</tr>\n");
  }

  private String content(Column column, @Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof Long number) {
      String shown = column.kind() == Column.Kind.COUNT ? unit.show(number) : number.toString();
      return "<data value=\"%d\" title=\"%s\">%s</data>"
          .formatted(number, Unit.ONE.show(number), shown);
    }
    String text = HtmlText.escaped(cell.toString());
    return cell instanceof Mathematics ? "<code>" + text + "</code>" : text;
  }

  @Override
  public void close() throws IOException {
    out.append("</tbody>\n</table>\n</div>\n");
    if (!caption.notes().isEmpty()) {
      out.append("<ul class=\"notes\">\n");
      for (String note : caption.notes()) {
        out.append("<li>").append(HtmlText.escaped(note)).append("</li>\n");
      }
      out.append("</ul>\n");
    }
    if (isPage) {
      out.append("</main>\n");
    }
    out.flush();
  }
}
