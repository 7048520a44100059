package org.whichflops.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names come from files, and files from anybody: in every format a name is a name. */
class HostileNamesTest {
  private static final String FORMULA_BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  static Stream<String> names() {
    return Stream.of(
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uFF1D1+1",
        "=HYPERLINK(\"http://example.org\",\"click\")",
        "a,b;\"c\"\r\nd",
        "a\tb\\tc",
        "a|b\\|c",
        "<script>alert(1)</script>",
        "&lt;b>&#60;",
        "`code` *bold* _it_ ~~x~~",
        "[text](javascript:alert(1)) ![i](http://example.org/i.png)",
        "# head",
        "\\input{/etc/passwd}",
        "$x$ % # & _ ^ ~ { } \" \\\\",
        "[2ex]",
        "--- ?` ``",
        "\u001b[31mred\u001b]0;title\u0007",
        "\u009b31mred",
        "\u0000\u0008\u007f",
        "a\u202Egpj.exe\u2066b",
        "a\u2028b\u2029c",
        "a\uFFFE\uD800b",
        "\u4E2D\u6587 \uD83D\uDE00 \u00E9\u00F0",
        "x".repeat(40_000),
        "");
  }

  private static void write(TableWriter table, String name) throws IOException {
    table.begin(
        List.of(Column.text("path" + name), Column.count("mac"), Column.prose("note" + name)));
    table.row(name, 7L, name);
    table.close();
  }

  private static String written(Format format, String name) throws IOException {
    StringWriter out = new StringWriter();
    Caption caption = Caption.answer("About " + name, List.of("Note " + name));
    write(format.writer(out, Unit.AUTO, caption), name);
    return out.toString();
  }

  private static boolean isFormula(String cell) {
    return !cell.isEmpty() && FORMULA_BEGINNINGS.indexOf(cell.charAt(0)) >= 0;
  }

  @ParameterizedTest
  @MethodSource("names")
  void csv_hasThreeCellsInTwoRows_andNoneIsAFormula(String name) throws IOException {
    List<List<String>> rows = rfc4180(written(Format.CSV, name));
    assertThat(rows).hasSize(2).allMatch(row -> row.size() == 3);
    assertThat(rows).allMatch(row -> row.stream().noneMatch(HostileNamesTest::isFormula));
    assertThat(rows.get(1).get(1)).isEqualTo("7");
    // Nothing is lost but, before a formula, gained.
    assertThat(rows.get(1).get(0)).isEqualTo(isFormula(name) ? "'" + name : name);
  }

  /** Reads CSV by the standard's own grammar; both kinds of line ends are in use. */
  private static List<List<String>> rfc4180(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        assertThat(cell).isEmpty();
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        assertThat(c).isNotEqualTo('\r');
        cell.append(c);
      }
    }
    assertThat(quoted).isFalse();
    return rows;
  }

  @ParameterizedTest
  @MethodSource("names")
  void tsv_hasThreeCellsInTwoLines_andNoneIsAFormula(String name) throws IOException {
    String text = written(Format.TSV, name);
    assertThat(text).doesNotContain("\r");
    String[] lines = text.split("\n", -1);
    assertThat(lines).hasSize(3);
    assertThat(lines[2]).isEmpty();
    for (int i = 0; i < 2; i++) {
      String[] cells = lines[i].split("\t", -1);
      assertThat(cells).hasSize(3);
      assertThat(cells).noneMatch(HostileNamesTest::isFormula);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void json_keepsTheName(String name) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(written(Format.JSON, name)).get(0).get("path" + name).asText())
        .isEqualTo(name);
    String line = written(Format.JSONL, name);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(mapper.readTree(line).get("note" + name).asText()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void xlsx_hasTextThatIsNoFormula_andNoControlCharacters(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(Format.XLSX.binaryWriter(out, Caption.NONE), name);
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      for (int row = 0; row < 2; row++) {
        for (int column : new int[] {0, 2}) {
          Cell cell = book.getSheetAt(0).getRow(row).getCell(column);
          assertThat(cell.getCellType()).isIn(CellType.STRING, CellType.BLANK);
          assertThat(isFormula(cell.getStringCellValue())).isFalse();
          assertThat(cell.getStringCellValue()).matches("[^\\p{Cntrl}\\x80-\\x9F]*");
        }
      }
      assertThat(book.getSheetAt(0).getRow(1).getCell(1).getNumericCellValue()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void markdown_hasThreeCells_andNothingThatBeginsMarkup(String name) throws IOException {
    String text = written(Format.MARKDOWN, name);
    String[] lines = text.split("\n", -1);
    // About, blank, head, rule, row, blank, note, and the end of the last line.
    assertThat(lines).hasSize(8);
    assertThat(text.replace("\n", "")).matches("(?s)[^\\p{Cntrl}\\x80-\\x9F\u2028\u2029]*");
    for (String line : new String[] {lines[2], lines[4]}) {
      String plain = line.replaceAll("\\\\.", "");
      assertThat(plain.chars().filter(c -> c == '|')).hasSize(4);
      assertThat(plain).doesNotContain("<", "`", "*", "_", "[", "]", "~");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void latex_hasNoCommandButItsOwn(String name) throws IOException {
    String text = written(Format.LATEX, name);
    List<String> rows = text.lines().filter(line -> line.endsWith(" \\\\")).toList();
    assertThat(rows).hasSize(2);
    for (String row : rows) {
      String plain =
          row.substring(0, row.length() - 3)
              .replaceAll("\\\\text(backslash|asciitilde|asciicircum|less|greater|bar)\\{}", "")
              .replace("\\symbol{34}", "")
              .replaceAll("\\\\[&%$#_{}]", "")
              .replace("{[}", "")
              .replace("{`}", "")
              .replaceAll("(?<=[-`'])\\{}", "")
              .replace("{mac}", "mac");
      assertThat(plain.chars().filter(c -> c == '&')).hasSize(name.isEmpty() ? 0 : 2);
      assertThat(plain).doesNotContain("\\", "%", "$", "#", "_", "^", "~", "{", "}", "\"");
    }
    assertThat(text.replace("\n", "")).matches("(?s)[^\\p{Cntrl}\\x80-\\x9F]*");
  }

  @ParameterizedTest
  @MethodSource("names")
  void table_movesNoCursor_andHasNoLinesButItsOwn(String name) throws IOException {
    String text = written(Format.TABLE, name);
    assertThat(text.replace("\n", ""))
        .matches("(?s)[^\\p{Cntrl}\\x80-\\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069]*");
    StringWriter out = new StringWriter();
    write(new Screen(60, true).table(out, Unit.AUTO, Caption.NONE, Screen.Legend.NONE), name);
    assertThat(out.toString().replaceAll("\u001b\\[[0-9]+m", "").replace("\n", ""))
        .matches("(?s)[^\\p{Cntrl}\\x80-\\x9F]*");
  }
}
