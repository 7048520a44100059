package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Layer;
import org.whichflops.report.compare.Layers;
import org.whichflops.zoo.Zoo;

/** Workbooks are opened and computed by Apache POI's own evaluator of formulas. */
class ReportCommandTest {
  private static final List<Convention> ALL = List.copyOf(Conventions.installed().all());
  private static final int HEAD = 1;
  private static final int FIRST_LAYER = 2;
  private static final int BATCH = 3;

  @TempDir private Path folder;

  private Path report(String... arguments) {
    Path file = folder.resolve("report.xlsx");
    List<String> line = new ArrayList<>(List.of("report"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-o", file.toString()));
    StringWriter err = new StringWriter();
    int status =
        Main.run(new StringWriter(), new PrintWriter(err, true), line.toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    // network, conventions that have values where most have formulas
    "resnet18, ptflops-0.7.1",
    "mobilenet_v2, ptflops-0.7.1 thop-2019-09",
    "densenet121, ptflops-0.7.1 thop-2019-09",
    "shufflenet_v2_x1_0, ptflops-0.7.1",
    "swin_t, thop-2019-09",
    "vit_b_16, ptflops-0.7.1 ptflops-aten pycls thop-2019-09"
  })
  void workbook_computedAnew_hasTheEnginesIntegers_atItsBatchAndAtAnother(
      String model, String values) throws IOException {
    Network network = Zoo.build(model);
    try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(report(model, "-c", "all")))) {
      Sheet sheet = book.getSheet("Layers");
      Map<String, Integer> columns = columns(sheet.getRow(HEAD));
      FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
      Layers layers = Layers.of(network, network.input().shape(), ALL);
      for (int row = FIRST_LAYER; row < FIRST_LAYER + layers.rows().size(); row++) {
        Layer layer = layers.rows().get(row - FIRST_LAYER);
        assertThat(sheet.getRow(row).getCell(0).getStringCellValue()).isEqualTo(layer.path());
        assertCounts(evaluator, sheet.getRow(row), columns, layers, layer);
      }
      assertFormulasHaveTheirValues(evaluator, book);
      assertThat(
              ALL.stream()
                  .map(convention -> convention.about().id())
                  .filter(id -> !isLive(sheet, columns.get(id)))
                  .filter(id -> !layers.failed(index(id))))
          .containsExactlyInAnyOrder(values.split(" "));

      sheet.getRow(0).getCell(BATCH).setCellValue(8);
      evaluator.clearAllCachedResultValues();
      Map<String, String> compared = compared(model, 8);
      Map<String, Layer> others = new HashMap<>();
      Layers atEight = Layers.of(network, network.input().at(8), ALL);
      atEight.rows().forEach(layer -> others.put(layer.path(), layer));
      int total = FIRST_LAYER;
      while (!sheet.getRow(total).getCell(0).getStringCellValue().equals("total")) {
        total++;
      }
      Row summary = book.getSheet("Summary").getRow(1);
      Map<String, Integer> summaryColumns = columns(book.getSheet("Summary").getRow(0));
      Row sweep = book.getSheet("Sweep").getRow(2);
      Map<String, Integer> sweepColumns = columns(book.getSheet("Sweep").getRow(1));
      assertThat(value(evaluator, summary, 1)).isEqualTo(8);
      for (int i = 0; i < ALL.size(); i++) {
        String id = ALL.get(i).about().id();
        if (isLive(sheet, columns.get(id))) {
          Long expected = Long.valueOf(compared.get(id));
          assertThat(value(evaluator, sheet.getRow(total), columns.get(id)))
              .as("%s at batch 8", id)
              .isEqualTo(expected);
          assertThat(value(evaluator, summary, summaryColumns.get(id))).isEqualTo(expected);
          assertThat(value(evaluator, sweep, sweepColumns.get(id))).isEqualTo(expected);
          for (int row = FIRST_LAYER; row < total; row++) {
            Layer layer = others.get(sheet.getRow(row).getCell(0).getStringCellValue());
            boolean adjusts =
                sheet.getRow(row).getCell(1).getStringCellValue().equals("adjustment");
            if (!adjusts && !sheet.getRow(row).getCell(0).toString().endsWith(" fails)")) {
              assertThat(value(evaluator, sheet.getRow(row), columns.get(id)))
                  .as("%s at batch 8, row %d", id, row)
                  .isEqualTo(layer == null ? 0 : layer.count(i));
            }
          }
        }
      }
    }
  }

  /** The counts of one row, computed anew, are the engine's. */
  private static void assertCounts(
      FormulaEvaluator evaluator,
      Row cells,
      Map<String, Integer> columns,
      Layers layers,
      Layer layer) {
    assertThat(value(evaluator, cells, columns.get("multiplies"))).isEqualTo(layer.multiplies());
    assertThat(value(evaluator, cells, columns.get("adds"))).isEqualTo(layer.adds());
    for (int i = 0; i < ALL.size(); i++) {
      String id = ALL.get(i).about().id();
      assertThat(value(evaluator, cells, columns.get(id)))
          .as("%s of %s", id, layer.path())
          .isEqualTo(layers.failed(i) ? null : (Long) layer.count(i));
    }
  }

  /** What programs see that do not compute, such as pandas, is what comes out of computing. */
  private static void assertFormulasHaveTheirValues(FormulaEvaluator evaluator, XSSFWorkbook book) {
    int formulas = 0;
    for (Sheet sheet : book) {
      for (Row row : sheet) {
        for (Cell cell : row) {
          if (cell.getCellType() == CellType.FORMULA) {
            assertThat(cell.getNumericCellValue())
                .as("%s!%s", sheet.getSheetName(), cell.getAddress())
                .isEqualTo(Objects.requireNonNull(evaluator.evaluate(cell)).getNumberValue());
            formulas++;
          }
        }
      }
    }
    assertThat(formulas).isGreaterThan(1000);
  }

  private static int index(String id) {
    return ALL.stream().map(convention -> convention.about().id()).toList().indexOf(id);
  }

  /** What {@code compare} says at a batch, by the column's name. */
  private static Map<String, String> compared(String model, long batch) {
    StringWriter out = new StringWriter();
    String[] line = {
      "compare", model, "-c", "all", "-b", String.valueOf(batch), "--format", "jsonl"
    };
    assertThat(Main.run(out, new PrintWriter(new StringWriter()), line)).isZero();
    try {
      Map<String, String> counts = new HashMap<>();
      new ObjectMapper()
          .readTree(out.toString())
          .properties()
          .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asText()));
      return counts;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Integer> columns(Row head) {
    Map<String, Integer> columns = new HashMap<>();
    for (Cell cell : head) {
      columns.put(cell.getStringCellValue(), cell.getColumnIndex());
    }
    return columns;
  }

  /** Whether nothing above the column's name says that it has values. */
  private static boolean isLive(Sheet sheet, int column) {
    Cell note = sheet.getRow(0).getCell(column);
    return note == null || !note.toString().startsWith("values: ");
  }

  /** A cell computed anew; null where there is none. */
  private static @Nullable Long value(FormulaEvaluator evaluator, Row row, int column) {
    Cell cell = row.getCell(column);
    if (cell == null) {
      return null;
    }
    if (cell.getCellType() == CellType.STRING) {
      return Long.parseLong(cell.getStringCellValue());
    }
    double value = Objects.requireNonNull(evaluator.evaluate(cell)).getNumberValue();
    assertThat(value).isEqualTo(Math.rint(value));
    return (long) value;
  }

  @Test
  void sheets_areThere_andSayWhatMadeThem() throws IOException {
    try (XSSFWorkbook book =
        new XSSFWorkbook(
            Files.newInputStream(report("alexnet", "vgg11", "-b", "2,4", "-r", "224,256")))) {
      List<String> names = new ArrayList<>();
      book.sheetIterator().forEachRemaining(sheet -> names.add(sheet.getSheetName()));
      assertThat(names)
          .containsExactly("Summary", "Layers", "Explain", "Sweep", "Conventions", "About");
      assertThat(book.getSheet("Summary").getLastRowNum()).isEqualTo(2 * 2 * 2);
      assertThat(book.getSheet("About").getRow(1).getCell(0).getStringCellValue())
          .startsWith("Command: whichflops report alexnet vgg11 -b 2,4");
      // Two models at two resolutions, each a block with a batch of its own.
      FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
      Sheet summary = book.getSheet("Summary");
      Map<String, Integer> columns = columns(summary.getRow(0));
      List<Long> counts = new ArrayList<>();
      for (int row = 1; row <= 8; row++) {
        counts.add(value(evaluator, summary.getRow(row), columns.get("mac")));
      }
      List<Long> expected = new ArrayList<>();
      Convention mac = ALL.get(0);
      for (String model : List.of("alexnet", "vgg11")) {
        Network network = Zoo.build(model);
        for (long batch : new long[] {2, 4}) {
          for (long side : new long[] {224, 256}) {
            expected.add(
                mac.counter(network)
                    .total(network.forward(mac.mode(), network.input().at(batch, side, side))));
          }
        }
      }
      assertThat(counts).isEqualTo(expected);
    }
  }

  @Test
  void batchOfTheFirstModel_isThatOfTheOthers() throws IOException {
    try (XSSFWorkbook book =
        new XSSFWorkbook(Files.newInputStream(report("alexnet", "vgg11", "-c", "mac")))) {
      FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
      book.getSheet("Layers").getRow(0).getCell(BATCH).setCellValue(4);
      evaluator.clearAllCachedResultValues();
      Sheet summary = book.getSheet("Summary");
      int column = columns(summary.getRow(0)).get("mac");
      for (int row = 1; row <= 2; row++) {
        String model = summary.getRow(row).getCell(0).getStringCellValue();
        assertThat(value(evaluator, summary.getRow(row), column))
            .isEqualTo(Long.valueOf(compared(model, 4).get("mac")));
      }
    }
  }

  @Test
  void explainAndSweep_haveCharts_ofTheirOwnCells() throws IOException {
    try (XSSFWorkbook book =
        new XSSFWorkbook(
            Files.newInputStream(report("resnet18", "alexnet", "-r", "224,256,288")))) {
      XSSFSheet explain = book.getSheet("Explain");
      XSSFSheet sweep = book.getSheet("Sweep");
      // Two models; the causes of each, and each over its inputs.
      assertThat(explain.getDrawingPatriarch().getCharts()).hasSize(2);
      assertThat(sweep.getDrawingPatriarch().getCharts()).hasSize(2);
      XDDFChartData lines = sweep.getDrawingPatriarch().getCharts().get(0).getChartSeries().get(0);
      assertThat(lines.getSeriesCount()).isEqualTo(5);
      assertThat(lines.getSeries(0).getCategoryData().getDataRangeReference())
          .isEqualTo("Sweep!$A$3:$A$5");
      assertThat(lines.getSeries(0).getValuesData().getDataRangeReference())
          .isEqualTo("Sweep!$B$3:$B$5");
      assertThat(sweep.getRow(2).getCell(0).getStringCellValue()).isEqualTo("batch 1, 224x224");
      for (int i = 0; i < 3; i++) {
        assertThat(lines.getSeries(0).getValuesData().getPointAt(i))
            .isEqualTo(sweep.getRow(2 + i).getCell(1).getNumericCellValue());
      }
    }
  }

  @Test
  void numbersOfMoreThanFifteenDigits_areText_onEverySheet() throws IOException {
    try (XSSFWorkbook book =
        new XSSFWorkbook(
            Files.newInputStream(report("vgg11", "-c", "mac,exact", "-b", "1000000")))) {
      String mac = compared("vgg11", 1000000).get("mac");
      assertThat(mac).hasSizeGreaterThan(15);
      Sheet summary = book.getSheet("Summary");
      Cell cell = summary.getRow(1).getCell(columns(summary.getRow(0)).get("mac"));
      assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
      assertThat(cell.getStringCellValue()).isEqualTo(mac);
      assertThat(book.getSheet("Sweep").getRow(2).getCell(1).getStringCellValue())
          .isEqualTo("see Summary!$F$2");
      assertThat(text(book.getSheet("About"))).contains("more than 15 digits stand as text");
      Sheet layers = book.getSheet("Layers");
      int column = columns(layers.getRow(HEAD)).get("mac");
      assertThat(layers.getRow(0).getCell(column).getStringCellValue())
          .contains("more than 15 digits");
      assertThat(layers.getRow(layers.getLastRowNum()).getCell(column).getStringCellValue())
          .isEqualTo(mac);
    }
  }

  private static String text(Sheet sheet) {
    StringBuilder text = new StringBuilder();
    for (Row row : sheet) {
      row.forEach(cell -> text.append(cell).append('\n'));
    }
    return text.toString();
  }

  @Test
  void everySheet_hasAHeadThatStays_andIsFilteredWhereItIsOneTable() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(report("alexnet")))) {
      for (String name : List.of("Summary", "Layers", "Conventions")) {
        XSSFSheet sheet = book.getSheet(name);
        assertThat(sheet.getPaneInformation().isFreezePane()).as(name).isTrue();
        assertThat(sheet.getCTWorksheet().isSetAutoFilter()).as(name).isTrue();
      }
      assertThat(book.getSheet("Layers").getPaneInformation().getHorizontalSplitPosition())
          .isEqualTo((short) 2);
      assertThat(text(book.getSheet("About"))).contains("C_in: input channels");
    }
  }

  @Test
  void fileThatIsNeitherPageNorWorkbook_orNone_isOneLine() throws IOException {
    for (String[] line :
        new String[][] {
          {"report", "alexnet"},
          {"report", "alexnet", "-o", folder.resolve("report.pdf").toString()}
        }) {
      StringWriter err = new StringWriter();
      assertThat(Main.run(new StringWriter(), new PrintWriter(err, true), line)).isEqualTo(2);
      assertThat(err.toString().lines()).hasSize(1);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
