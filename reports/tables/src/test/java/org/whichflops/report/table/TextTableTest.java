package org.whichflops.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables on a screen. */
class TextTableTest {
  private static final List<Column> COMPARISON =
      List.of(
          Column.text("model"),
          Column.number("batch"),
          Column.number("height"),
          Column.count("first"),
          Column.count("second"),
          Column.count("third"),
          Column.prose("note"));

  private static String shown(Screen screen, Unit unit, List<Column> columns, Object[]... rows)
      throws IOException {
    return shown(screen, unit, Caption.NONE, Screen.Legend.NONE, columns, rows);
  }

  private static String shown(
      Screen screen,
      Unit unit,
      Caption caption,
      Screen.Legend legend,
      List<Column> columns,
      Object[]... rows)
      throws IOException {
    StringWriter out = new StringWriter();
    TableWriter table = screen.table(out, unit, caption, legend);
    table.begin(columns);
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
  void tableThatFits_isOneBlock() throws IOException {
    assertThat(
            shown(
                new Screen(60, false),
                Unit.AUTO,
                COMPARISON,
                row("resnet50", 1L, 224L, 4089184256L, 1L, 2L, null)))
        .isEqualTo(
            """
            model     batch  height    first  second  third
            resnet50      1     224  4.089 G       1      2
            """);
  }

  @Test
  void tableThatIsTooWide_goesOnBelow_afterWhatTellsItsRowsApart() throws IOException {
    assertThat(
            shown(
                new Screen(40, false),
                Unit.ONE,
                COMPARISON,
                row("resnet50", 1L, 224L, 4089184256L, 8178368512L, 8167254528L, null),
                row("resnet50", 2L, 224L, 8178368512L, 16356737024L, 16334509056L, "why not")))
        .isEqualTo(
            """
            model     batch  height          first
            resnet50      1     224  4,089,184,256
            resnet50      2     224  8,178,368,512

            model     batch          second
            resnet50      1   8,178,368,512
            resnet50      2  16,356,737,024

            model     batch           third  note
            resnet50      1   8,167,254,528
            resnet50      2  16,334,509,056  why not
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 52, 61, 80, 97, 120, 200})
  void anyWidth_losesNoDigit_andHasNoLineThatIsWider(int width) throws IOException {
    List<Column> columns = new ArrayList<>(List.of(Column.text("path"), Column.text("type")));
    for (int i = 0; i < 30; i++) {
      columns.add(Column.count("convention-" + i));
    }
    Object[][] rows = new Object[5][columns.size()];
    List<String> numbers = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      rows[r][0] = "features." + "block.".repeat(r * 5) + r;
      rows[r][1] = "nn.Conv2d";
      for (int c = 2; c < columns.size(); c++) {
        long number = 1_000_000_007L * (r + 1) + c;
        rows[r][c] = number;
        numbers.add(String.format(java.util.Locale.ROOT, "%,d", number));
      }
    }
    String text = shown(new Screen(width, false), Unit.ONE, columns, rows);
    assertThat(text.lines()).allMatch(line -> line.length() <= width);
    List<String> words = text.lines().flatMap(line -> Stream.of(line.split(" +"))).toList();
    assertThat(words).containsAll(numbers);
    // Every row is in every block, the same number of times.
    assertThat(text.split("path", -1)).hasSameSizeAs(text.split("features.0", -1));
  }

  @Test
  void nameThatIsTooLong_isShortenedInItsMiddle() throws IOException {
    String text =
        shown(
            new Screen(40, false),
            Unit.ONE,
            List.of(Column.text("path"), Column.count("count")),
            row("encoder.layers.encoder_layer_11.self_attention.out_proj", 123456789L));
    assertThat(text.lines().toList().get(1))
        .startsWith("encoder.\u2026")
        .contains("ut_proj ")
        .endsWith("123,456,789")
        .hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void unitThatIsFixed_isInTheHead_andThousandsAreReadable() throws IOException {
    List<Column> columns = List.of(Column.text("model"), Column.count("mac"));
    assertThat(shown(Screen.NONE, Unit.M, columns, row("vgg16", 15470264320L)))
        .isEqualTo("model     mac (M)\nvgg16  15,470.264\n");
    assertThat(shown(Screen.NONE, Unit.ONE, columns, row("vgg16", 15470264320L)))
        .isEqualTo("model             mac\nvgg16  15,470,264,320\n");
  }

  @Test
  void colours_areAroundWords_neverAroundBlanks() throws IOException {
    List<Column> columns = List.of(Column.text("m"), Column.count("mac"), Column.prose("note"));
    assertThat(shown(new Screen(80, true), Unit.AUTO, columns, row("vgg16", 15470264320L, "so")))
        .isEqualTo(
            "\u001b[1mm\u001b[0m           \u001b[1mmac\u001b[0m  \u001b[1mnote\u001b[0m\n"
                + "vgg16  15.470 \u001b[2mG\u001b[0m  \u001b[33mso\u001b[0m\n");
  }

  @Test
  void legend_isALineEach_orWhole() throws IOException {
    List<String> notes =
        List.of("mac counts MACs: multiplications of what multiplies", "2mac counts FLOPs");
    Caption caption = Caption.title("What was asked for.", notes);
    List<Column> columns = List.of(Column.text("m"));
    Screen screen = new Screen(40, false);
    assertThat(shown(screen, Unit.AUTO, caption, Screen.Legend.NONE, columns, row("a")))
        .isEqualTo("m\na\n");
    assertThat(shown(screen, Unit.AUTO, caption, Screen.Legend.SHORT, columns, row("a")))
        .isEqualTo("m\na\n\nmac counts MACs: multiplications of \u2026\n2mac counts FLOPs\n");
    assertThat(shown(screen, Unit.AUTO, caption, Screen.Legend.WHOLE, columns, row("a")))
        .isEqualTo(
            "m\na\n\nmac counts MACs: multiplications of what\nmultiplies\n2mac counts FLOPs\n");
  }
}
