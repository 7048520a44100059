package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Layer;
import org.whichflops.report.compare.Layers;
import org.whichflops.zoo.Zoo;

/** Workbooks are opened and computed by Apache POI, which did not write them. */
class ReportCommandTest {
  private static final List<Convention> ALL = List.copyOf(Conventions.installed().all());
  private static final int HEAD = 1;
  private static final int FIRST_LAYER = 2;

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
    "alexnet, mac exact thop ptflops",
    "resnet18, mac exact thop ptflops",
    "mobilenet_v3_small, mac exact thop ptflops",
    "shufflenet_v2_x0_5, mac exact thop ptflops",
    "squeezenet1_0, mac exact thop ptflops",
    "vit_b_16, thop ptflops"
  })
  void workbook_computedAnew_hasTheEnginesIntegers_atItsBatchAndAtAnother(String model, String live)
      throws IOException {
    Network network = Zoo.build(model);
    try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(report(model, "-c", "all")))) {
      Sheet sheet = book.getSheet("Layers");
      FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
      Layers layers = Layers.of(network, network.input().shape(), ALL);
      Map<String, Integer> columns = columns(sheet.getRow(HEAD));
      int formulas = 0;
      int row = FIRST_LAYER;
      for (Layer layer : layers.rows()) {
        Row cells = sheet.getRow(row++);
        assertThat(cells.getCell(0).getStringCellValue()).isEqualTo(layer.path());
        assertThat(value(evaluator, cells, columns.get("multiplies")))
            .isEqualTo(layer.multiplies());
        assertThat(value(evaluator, cells, columns.get("adds"))).isEqualTo(layer.adds());
        for (int i = 0; i < ALL.size(); i++) {
          String id = ALL.get(i).about().id();
          assertThat(value(evaluator, cells, columns.get(id)))
              .as("%s of %s", id, layer.path())
              .isEqualTo(layers.failed(i) ? null : (Long) layer.count(i));
          formulas += isFormula(cells.getCell(columns.get(id))) ? 1 : 0;
        }
      }
      assertThat(formulas).isGreaterThan(layers.rows().size());
      // At batch 1 PyTorch runs other products in an attention, so that operators have values
      // there.
      assertThat(live.split(" ")).allMatch(id -> isLive(sheet, columns.get(id)));
      while (sheet.getRow(row).getCell(1) != null) {
        assertThat(sheet.getRow(row++).getCell(1).getStringCellValue()).isEqualTo("adjustment");
      }
      assertThat(sheet.getRow(row).getCell(0).getStringCellValue()).isEqualTo("total");
      Row summary = book.getSheet("Summary").getRow(1);
      Map<String, Integer> summaryColumns = columns(book.getSheet("Summary").getRow(0));
      for (long batch : new long[] {network.input().batch(), 8}) {
        sheet.getRow(0).getCell(3).setCellValue(batch);
        evaluator.clearAllCachedResultValues();
        for (Convention convention : ALL) {
          String id = convention.about().id();
          int column = columns.get(id);
          if (batch == network.input().batch() || isLive(sheet, column)) {
            Long total = total(convention, network, batch);
            assertThat(value(evaluator, sheet.getRow(row), column))
                .as("%s at batch %d", id, batch)
                .isEqualTo(total);
            assertThat(value(evaluator, summary, summaryColumns.get(id))).isEqualTo(total);
          }
        }
      }
    }
  }

  private static Map<String, Integer> columns(Row head) {
    Map<String, Integer> columns = new HashMap<>();
    for (Cell cell : head) {
      columns.put(cell.getStringCellValue(), cell.getColumnIndex());
    }
    return columns;
  }

  private static boolean isFormula(@Nullable Cell cell) {
    return cell != null && cell.getCellType() == CellType.FORMULA;
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

  private static @Nullable Long total(Convention convention, Network network, long batch) {
    try {
      return convention
          .counter(network)
          .total(network.forward(convention.mode(), network.input().at(batch)));
    } catch (ToolFailureException e) {
      return null;
    }
  }

  @Test
  void sheets_areThere_andSayWhatMadeThem() throws IOException {
    try (XSSFWorkbook book =
        new XSSFWorkbook(
            Files.newInputStream(report("alexnet", "vgg11", "-b", "2,4", "-r", "224,256")))) {
      List<String> names = new ArrayList<>();
      book.sheetIterator().forEachRemaining(sheet -> names.add(sheet.getSheetName()));
      assertThat(names).containsExactly("Summary", "Layers", "Explain", "Conventions", "About");
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
  void fileThatIsNoWorkbook_orNone_isOneLine() throws IOException {
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
