package org.whichflops.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxTableTest {
  private static final List<Column> COLUMNS =
      List.of(Column.text("model"), Column.number("batch"), Column.count("mac"));

  private static XSSFWorkbook written(Caption caption, Object[]... rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableWriter table = Format.XLSX.binaryWriter(out, caption);
    table.begin(COLUMNS);
    for (Object[] row : rows) {
      table.row(row);
    }
    table.close();
    return new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()));
  }

  private static Object[] row(Object... cells) {
    return cells;
  }

  @Test
  void sheet_hasAHeadThatStays_filtersAndFormattedNumbers() throws IOException {
    try (XSSFWorkbook book =
        written(Caption.NONE, row("resnet50", 1L, 4089184256L), row("x", 32L, null))) {
      assertThat(book.getNumberOfSheets()).isEqualTo(1);
      XSSFSheet sheet = book.getSheetAt(0);
      assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
      assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:C3");
      assertThat(sheet.getRow(0).getCell(2).getStringCellValue()).isEqualTo("mac");
      assertThat(sheet.getRow(1).getCell(2).getNumericCellValue()).isEqualTo(4089184256.0);
      assertThat(sheet.getRow(1).getCell(2).getCellStyle().getDataFormatString())
          .isEqualTo("#,##0");
      assertThat(sheet.getRow(2).getCell(2)).isNull();
      // Wide enough for 4,089,184,256, in 256ths of a character.
      assertThat(sheet.getColumnWidth(2)).isGreaterThanOrEqualTo(13 * 256);
    }
  }

  @Test
  void numberOfMoreThanFifteenDigits_isTextThatLosesNone_andItIsSaid() throws IOException {
    Object[][] rows = {
      row("a", 1L, 999_999_999_999_999L),
      row("b", 1L, 9_007_199_254_740_993L),
      row("c", 1L, Long.MIN_VALUE)
    };
    try (XSSFWorkbook book = written(Caption.NONE, rows)) {
      Sheet sheet = book.getSheetAt(0);
      assertThat(sheet.getRow(1).getCell(2).getNumericCellValue()).isEqualTo(999_999_999_999_999.0);
      assertThat(sheet.getRow(2).getCell(2).getStringCellValue()).isEqualTo("9007199254740993");
      assertThat(sheet.getRow(3).getCell(2).getStringCellValue()).isEqualTo("-9223372036854775808");
      assertThat(book.getSheet("Notes").getRow(0).getCell(0).getStringCellValue())
          .contains("more than 15 digits");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)"})
  void nameThatBeginsLikeAFormula_isText(String name) throws IOException {
    try (XSSFWorkbook book = written(Caption.NONE, row(name, 1L, 1L))) {
      assertThat(book.getSheetAt(0).getRow(1).getCell(0).getCellType()).isEqualTo(CellType.STRING);
      assertThat(book.getSheetAt(0).getRow(1).getCell(0).getStringCellValue())
          .isEqualTo("'" + name);
      assertThat(book.getSheet("Notes").getRow(0).getCell(0).getStringCellValue())
          .contains("apostrophe");
    }
  }

  @Test
  void nameWithWhatXmlForbids_isReadable_andAnEndlessOneIsCut() throws IOException {
    String endless = "x".repeat(40_000);
    try (XSSFWorkbook book =
        written(Caption.NONE, row("a\u0000<&>\"\uFFFE\uD800b", 1L, 1L), row(endless, 1L, 1L))) {
      assertThat(book.getSheetAt(0).getRow(1).getCell(0).getStringCellValue())
          .startsWith("a\uFFFD<&>\"")
          .endsWith("b");
      assertThat(book.getSheetAt(0).getRow(2).getCell(0).getStringCellValue()).hasSize(32_767);
    }
  }

  @Test
  void manyRows_allArrive() throws IOException {
    Object[][] rows = new Object[10_000][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("m" + i, 1L, (long) i);
    }
    try (XSSFWorkbook book = written(Caption.NONE, rows)) {
      assertThat(book.getSheetAt(0).getLastRowNum()).isEqualTo(10_000);
      assertThat(book.getSheetAt(0).getRow(10_000).getCell(2).getNumericCellValue())
          .isEqualTo(9999.0);
    }
  }

  @Test
  void caption_isOnASheetOfItsOwn() throws IOException {
    Caption caption = Caption.title("Layers of x.", List.of("thop: MACs"));
    try (XSSFWorkbook book = written(caption, row("a", 1L, 1L))) {
      Sheet notes = book.getSheet("Notes");
      assertThat(notes.getRow(0).getCell(0).getStringCellValue()).isEqualTo("Layers of x.");
      assertThat(notes.getRow(1).getCell(0).getStringCellValue()).isEqualTo("thop: MACs");
    }
  }

  @Test
  void binaryFormat_isNoText_andTextIsNotBinary() {
    assertThatThrownBy(() -> Format.XLSX.writer(new StringWriter(), Unit.AUTO))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Format.CSV.binaryWriter(new ByteArrayOutputStream(), Caption.NONE))
        .isInstanceOf(IllegalStateException.class);
  }
}
