package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command formula, as users type it. */
class FormulaCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(out, new PrintWriter(err, true), arguments);
  }

  @Test
  void forPeople_saysTheFormulaWhereItHoldsAndWhatItIsHere() {
    assertThat(run("formula", "mobilenet_v2", "-c", "mac")).isZero();
    assertThat(out.toString().lines())
        .startsWith(
            "mac: MACs of mobilenet_v2",
            "  N (47,751/8 H W + 1,280,000)",
            "  for N >= 1; H and W each a multiple of 32, >= 32")
        .contains("  at N = 1, H = 224, W = 224: 300,774,272");
  }

  @Test
  void asCsv_hasARowATerm() {
    assertThat(run("formula", "mobilenet_v2", "-c", "mac", "--format", "csv")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            "model,convention,term,coefficient,domain,note\n"
                + "mobilenet_v2,mac,N*H*W,47751/8,"
                + "\"N >= 1; H and W each a multiple of 32, >= 32\",\n"
                + "mobilenet_v2,mac,N,1280000,"
                + "\"N >= 1; H and W each a multiple of 32, >= 32\",\n");
  }

  @Test
  void asLatex_isMathematics() {
    assertThat(run("formula", "mobilenet_v2", "-c", "mac", "--format", "latex")).isZero();
    assertThat(out.toString())
        .contains("mac & $N \\left(\\tfrac{47751}{8} H W + 1280000\\right)$ &");
  }

  @ParameterizedTest(name = "{0}, bias {1}")
  @CsvSource({
    // (2 K^2 C_in - 1) C_out = (2 x 27 - 1) 16, and one add more for a bias.
    "exact, False, 848",
    "exact, True, 864",
    // 2 (K^2 C_in + 1) C_out = 2 (27 + 1) 16, whether there is a bias or not.
    "molchanov, False, 896",
    "molchanov, True, 896",
    // 2 K^2 C_in C_out.
    "2mac, True, 864",
  })
  void convolution_hasTheFormulaOfItsPaper(
      String id, String bias, long perPixel, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("conv.json");
    String conv = "Conv2d(3, 16, 3, padding=1, bias=%s)".formatted(bias);
    Files.writeString(
        file, "{\"input\": [1, 3, 8, 8], \"modules\": {\"conv\": \"%s\"}}".formatted(conv));
    assertThat(run("formula", file.toString(), "-c", id)).isZero();
    assertThat(out.toString().lines())
        .contains("  %d N H W".formatted(perPixel), "  for N and H and W >= 1");
  }

  @Test
  void asWorkbook_computesTheTotalAndRefusesOtherSizes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("formula.xlsx");
    assertThat(run("formula", "mobilenet_v2", "-c", "mac", "-o", file.toString())).isZero();
    try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(file))) {
      XSSFSheet sheet = workbook.getSheet("Formula");
      var evaluator = workbook.getCreationHelper().createFormulaEvaluator();
      assertThat(evaluator.evaluate(sheet.getRow(1).getCell(3)).getNumberValue())
          .isEqualTo(300_774_272);
      sheet.getRow(1).getCell(1).setCellValue(225);
      evaluator.clearAllCachedResultValues();
      assertThat(evaluator.evaluate(sheet.getRow(1).getCell(3)).getStringValue())
          .isEqualTo("outside the domain");
    }
  }

  @Test
  void conventionThatFails_isToldAndTheOthersAnswered() {
    assertThat(run("formula", "vit_b_16", "-c", "mac,thop-0.1.0")).isZero();
    assertThat(out.toString()).startsWith("mac: MACs of vit_b_16");
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("whichflops: thop-0.1.0:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formula vit_b_16 -r 225 | the network takes 224x224 only, not 225x225",
        "formula resnet50 -r 224,256 | formula is for sizes like one; --resolution has 2 values",
        "formula resnet50 -b 1,2 | formula is for sizes like one; --batch has 2 values",
        "formula lenet5 -r 64 -c mac | mac: ",
        "formula vit_b_16 -c thop-0.1.0 | thop-0.1.0: ",
        "formula gpt2 -r 64 | has no height and width",
      })
  void wrongRequest_isOneLineAndStatus2(String command, String expected) {
    assertThat(run(command.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(expected.strip());
    assertThat(out.toString()).isEmpty();
  }
}
