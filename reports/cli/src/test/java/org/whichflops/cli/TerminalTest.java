package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.report.table.Screen;

class TerminalTest {
  @TempDir private Path folder;

  private static Map<String, String> environment(String text) {
    Map<String, String> environment = new HashMap<>();
    for (String entry : text.isEmpty() ? new String[0] : text.split(" ")) {
      environment.put(
          entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
    }
    return environment;
  }

  @ParameterizedTest
  @CsvSource({
    // columns, environment, colours
    "80, TERM=xterm, true",
    "0, TERM=xterm, false",
    "'', TERM=xterm, false",
    "80, TERM=dumb, false",
    "80, '', false",
    "80, TERM=xterm NO_COLOR=1, false",
    "80, TERM=xterm NO_COLOR=, true",
    "80, TERM=xterm CLICOLOR=0, false",
    "0, FORCE_COLOR=1, true",
    "0, CLICOLOR_FORCE=1, true",
    "0, CLICOLOR_FORCE=0, false",
    "80, TERM=dumb FORCE_COLOR=1, true",
    "80, TERM=xterm FORCE_COLOR=1 NO_COLOR=1, false"
  })
  void colours_areForTerminalsThatWantThem_andWhereTheyAreForced(
      String columns, String environment, boolean colours) {
    assertThat(Terminal.of(columns, false, environment(environment)).screen().colours())
        .isEqualTo(colours);
  }

  @ParameterizedTest
  @CsvSource({
    "132, '', 132",
    "132, COLUMNS=100, 100",
    "132, COLUMNS=many, 132",
    "132, COLUMNS=0, 132",
    // A pipe has no width, whatever a shell exports.
    "0, COLUMNS=100, 0",
    "'', COLUMNS=100, 0"
  })
  void width_isTheTerminals_unlessColumnsSaysOtherwise(
      String columns, String environment, int width) {
    assertThat(Terminal.of(columns, false, environment(environment)).screen().width())
        .isEqualTo(width);
  }

  private static String printed(Terminal terminal, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(terminal, out, new PrintWriter(err, true), arguments);
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    return out.toString();
  }

  @Test
  void compare_onATerminal_fitsAndSaysWhatItsColumnsCount() {
    Terminal terminal = new Terminal(new Screen(80, false), true, true);
    String text = printed(terminal, "compare", "resnet50", "vgg16", "-b", "1,2");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text.lines())
        .contains("2mac counts FLOPs: two operations for each multiply-accumulate of mac")
        .anyMatch(line -> line.matches("model +batch +.* ptflops"));
    // With more conventions than that the table would be out of sight.
    assertThat(printed(terminal, "compare", "resnet18", "-c", "all"))
        .doesNotContain("counts FLOPs:");
  }

  @Test
  void compare_intoAPipeOrAFile_isATableAlone_andLegendAsksForMore() throws Exception {
    assertThat(printed(Terminal.NONE, "compare", "resnet50").lines()).hasSize(2);
    assertThat(printed(Terminal.NONE, "compare", "resnet50", "--legend").lines())
        .hasSize(2 + 1 + 5);
    Path file = folder.resolve("t.txt");
    printed(
        new Terminal(new Screen(40, true), true, true),
        "compare",
        "resnet50",
        "-o",
        file.toString());
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(file).content().doesNotContain("\u001b");
  }

  @Test
  void data_onATerminal_isWhatItIsInAPipe() {
    Terminal terminal = new Terminal(new Screen(40, true), true, true);
    for (String format : new String[] {"csv", "tsv", "json", "jsonl", "markdown", "latex"}) {
      assertThat(printed(terminal, "compare", "resnet50", "--format", format))
          .isEqualTo(printed(Terminal.NONE, "compare", "resnet50", "--format", format));
    }
  }
}
