package org.whichflops.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableWriterTest {
  private static final List<Column> COLUMNS =
      List.of(Column.text("model"), Column.number("batch"), Column.count("mac"));

  private static String written(Format format, Object[]... rows) throws IOException {
    StringWriter out = new StringWriter();
    TableWriter table = format.writer(out, Unit.AUTO);
    table.begin(COLUMNS);
    for (Object[] row : rows) {
      table.row(row);
    }
    table.close();
    return out.toString();
  }

  private static Object[] row(Object... cells) {
    return cells;
  }

  @Test
  void csv_quotesCommasAndQuotes_andLeavesMissingCellsEmpty() throws IOException {
    assertThat(written(Format.CSV, row("m(a=1,b=2)", 1L, 4089184256L), row("say \"hi\"", 2L, null)))
        .isEqualTo("model,batch,mac\n\"m(a=1,b=2)\",1,4089184256\n\"say \"\"hi\"\"\",2,\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
  void csv_keepsNamesFromBeingFormulas(String name) throws IOException {
    assertThat(written(Format.CSV, row(name, 1L, 1L))).contains("'" + name);
  }

  @Test
  void csv_keepsLineBreaksInsideQuotes() throws IOException {
    assertThat(written(Format.CSV, row("a\nb", 1L, 1L))).contains("\"a\nb\",1,1\n");
  }

  @Test
  void tsv_separatesByTabs() throws IOException {
    assertThat(written(Format.TSV, row("a", 1L, 2L))).isEqualTo("model\tbatch\tmac\na\t1\t2\n");
  }

  @Test
  void json_isOneArrayOfObjects_withExactIntegers() throws IOException {
    String text = written(Format.JSON, row("a\u0000\"<", 1L, Long.MAX_VALUE), row("b", 2L, null));
    JsonNode read = new ObjectMapper().readTree(text);
    assertThat(read).hasSize(2);
    assertThat(read.get(0).get("model").asText()).isEqualTo("a\u0000\"<");
    assertThat(read.get(0).get("mac").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.get(1).get("mac").isNull()).isTrue();
  }

  @Test
  void json_ofNoRows_isAnEmptyArray() throws IOException {
    assertThat(new ObjectMapper().readTree(written(Format.JSON))).isEmpty();
  }

  @Test
  void jsonl_isOneObjectALine() throws IOException {
    String text = written(Format.JSONL, row("a", 1L, 2L), row("b", 3L, 4L));
    assertThat(text.lines())
        .containsExactly(
            "{\"model\":\"a\",\"batch\":1,\"mac\":2}", "{\"model\":\"b\",\"batch\":3,\"mac\":4}");
    assertThat(text).endsWith("}\n");
  }

  @Test
  void table_alignsWordsLeftAndNumbersRight_andLeavesOutEmptyColumns() throws IOException {
    StringWriter out = new StringWriter();
    TableWriter table = Format.TABLE.writer(out, Unit.AUTO);
    table.begin(List.of(Column.text("model"), Column.count("mac"), Column.text("note")));
    table.row("resnet50", 4089184256L, null);
    table.row("x", 999L, null);
    table.close();
    assertThat(out.toString())
        .isEqualTo("model         mac\nresnet50  4.089 G\nx             999\n");
  }

  @Test
  void table_replacesControlCharacters() throws IOException {
    assertThat(written(Format.TABLE, row("a\u001b[31mb", 1L, 1L)))
        .doesNotContain("\u001b")
        .contains("a\uFFFD[31mb");
  }

  @Test
  void table_breaksSentencesIntoLines_soThatItStaysNarrow() throws IOException {
    StringWriter out = new StringWriter();
    TableWriter table = Format.TABLE.writer(out, Unit.AUTO);
    table.begin(List.of(Column.text("id"), Column.prose("counts")));
    table.row("a", "word ".repeat(40).strip());
    table.row("b", "w".repeat(120));
    table.close();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(1)).startsWith("a   word word").hasSizeLessThanOrEqualTo(100);
    assertThat(lines.get(2)).startsWith("    word word").hasSizeLessThanOrEqualTo(100);
    // A word is never cut: it could be a formula or a path.
    assertThat(out.toString()).contains("w".repeat(120));
    assertThat(String.join(" ", lines).split("word", -1)).hasSize(41);
  }

  @Test
  void markdown_isATable_inWhichNamesAreNamesOnly() throws IOException {
    assertThat(written(Format.MARKDOWN, row("a|b<i>*_", 1L, 4089184256L), row("x", 2L, null)))
        .isEqualTo(
            """
            | model | batch | mac |
            | --- | ---: | ---: |
            | a\\|b&lt;i>\\*\\_ | 1 | 4.089 G |
            | x | 2 |  |
            """);
  }

  @Test
  void latex_isATabularWithBooktabs_inWhichNamesAreNamesOnly() throws IOException {
    assertThat(written(Format.LATEX, row("a_b%\\input{x}$", 1L, 4089184256L)))
        .isEqualTo(
            """
            % \\usepackage{booktabs,amsmath,siunitx,array}
            \\begin{tabular}{lS[table-format=1]S[table-format=1.3]}
            \\toprule
            model & {batch} & {mac ($10^{9}$)} \\\\
            \\midrule
            a\\_b\\%\\textbackslash{}input\\{x\\}\\$ & 1 & 4.089 \\\\
            \\bottomrule
            \\end{tabular}
            """);
  }

  @Test
  void latex_hasOneUnit_thatSuitsTheSmallestCountButZero() throws IOException {
    assertThat(
            written(Format.LATEX, row("a", 32L, -714188480L), row("b", 1L, 0L), row("c", 1L, null)))
        .contains("S[table-format=2]S[table-format=-3.3]")
        .contains("a & 32 & -714.188 ", "b & 1 & 0.000 ", "c & 1 &  ");
    assertThat(written(Format.LATEX, row("a", 1L, 4089184256L), row("b", 1L, 999L)))
        .contains("S[table-format=10]")
        .contains("{mac}")
        .contains("a & 1 & 4089184256 ", "b & 1 & 999 ");
  }

  private static final Caption CAPTION =
      Caption.title("Layers of a_b at 1x3x224x224.", List.of("thop: MACs, 100 % by its rules"));

  private static String captioned(Format format) throws IOException {
    StringWriter out = new StringWriter();
    TableWriter table = format.writer(out, Unit.AUTO, CAPTION);
    table.begin(COLUMNS);
    table.row("a", 1L, 2L);
    table.close();
    return out.toString();
  }

  @Test
  void caption_isACaptionAndAFootnoteInLatex_andParagraphsInMarkdown() throws IOException {
    assertThat(captioned(Format.LATEX))
        .contains("\\begin{table}\n\\centering\n\\caption{Layers of a\\_b at 1x3x224x224.}\n")
        .contains("thop: MACs, 100 \\% by its rules\\par\n\\end{minipage}\n\\end{table}\n");
    assertThat(captioned(Format.MARKDOWN))
        .startsWith("Layers of a\\_b at 1x3x224x224.\n\n| model |")
        .endsWith("| a | 1 | 2 |\n\n- thop: MACs, 100 % by its rules\n");
    assertThat(captioned(Format.CSV)).isEqualTo("model,batch,mac\na,1,2\n");
    assertThat(captioned(Format.TABLE)).startsWith("model");
  }

  @Test
  void formula_isMathematicsInLatex_codeInMarkdown_andItsTextElsewhere() throws IOException {
    Mathematics formula = new Mathematics("-numel(x)", "-\\lvert x\\rvert");
    assertThat(written(Format.LATEX, row(formula, 1L, 1L))).contains("$-\\lvert x\\rvert$ & 1");
    assertThat(written(Format.MARKDOWN, row(formula, 1L, 1L))).contains("| `-numel(x)` |");
    assertThat(written(Format.TABLE, row(formula, 1L, 1L))).contains("-numel(x)  ");
    assertThat(written(Format.JSON, row(formula, 1L, 1L))).contains("\"-numel(x)\"");
    // As any text that a spreadsheet would compute.
    assertThat(written(Format.CSV, row(formula, 1L, 1L))).contains("'-numel(x),1,1");
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 0, 0",
    "auto, 999, 999",
    "auto, 1000, 1.000 K",
    "auto, 320237288, 320.237 M",
    "auto, 320300008, 320.300 M",
    "auto, 4132436968, 4.132 G",
    "auto, 9223372036854775807, 9223372.037 T",
    "auto, -11113984, -11.114 M",
    "1, 4132436968, '4,132,436,968'",
    "1, 0, 0",
    "1, 1000, '1,000'",
    "1, -999, -999",
    "1, -100000, '-100,000'",
    "1, -9223372036854775808, '-9,223,372,036,854,775,808'",
    "M, 4132436968, 4132.437 M",
    "G, 327486720, 0.327 G",
    "k, 1500, 1.500 K"
  })
  void unit_showsThreeDigitsAfterThePoint(String unit, long count, String shown) {
    assertThat(Unit.named(unit).show(count)).isEqualTo(shown);
  }

  @Test
  void unit_thatIsNone_isRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Unit.named("giga"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown unit 'giga'; there are auto, 1, K, M, G, T");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void format_isFoundByItsName(Format format) {
    assertThat(Format.named(format.word())).isEqualTo(format);
  }

  @Test
  void format_isFoundByAFilesEnding() {
    assertThat(Format.ofFile("a/b.CSV")).contains(Format.CSV);
    assertThat(Format.ofFile("a.doc")).isEmpty();
  }

  @Test
  void html_isAPageThatLoadsNothing_withCountsInFullBesideTheirUnit() throws IOException {
    String page = written(Format.HTML, row("resnet50", 1L, 4089184256L), row("x", 2L, null));
    assertThat(page)
        .contains("default-src 'none'; script-src 'none'; style-src 'sha256-")
        .contains("<th scope=\"col\" class=\"number\">mac</th>")
        .contains("<data value=\"4089184256\" title=\"4,089,184,256\">4.089 G</data>")
        .contains("<th scope=\"row\">x</th><td class=\"number\">")
        .contains("<td class=\"number\"></td></tr>");
  }

  @Test
  void html_hasNamesAsNamesOnly() throws IOException {
    assertThat(written(Format.HTML, row("<i a='\"&\u0001\">", 1L, 1L)))
        .contains("<th scope=\"row\">&lt;i a=&#39;&quot;&amp;\uFFFD&quot;&gt;</th>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"</script>", "</STYLE >", "<!-- "})
  void sourceThatWouldEndItsElement_isRefused(String text) {
    assertThatThrownBy(() -> new InlineSource("x = '" + text + "'"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void policy_namesASourceByItsHash() {
    // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    assertThat(InlineSource.policy(List.of(new InlineSource("alert(1)")), List.of()))
        .contains(
            "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; style-src 'none'");
  }
}
