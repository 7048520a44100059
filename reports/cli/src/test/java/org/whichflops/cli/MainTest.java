package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.whichflops.cli.Result.csv;
import static org.whichflops.cli.Result.run;

import com.univocity.parsers.common.record.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir private Path folder;

  @Test
  void compare_printsTheTableThatTheProjectExistsFor() {
    Result result =
        run(
            "compare",
            "mobilenet_v2",
            "--batch",
            "1,32",
            "--resolution",
            "224,320",
            "--convention",
            "mac,2mac,exact,thop,ptflops",
            "--format",
            "csv");
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    List<Record> rows = csv(result.out());
    assertThat(rows).hasSize(4);
    assertThat(rows).allSatisfy(row -> assertThat(row.getLong("params")).isEqualTo(3504872));
    // Recorded from thop 0.1.1 and ptflops 0.7.5.
    assertThat(rows)
        .extracting(row -> row.getLong("thop"))
        .containsExactly(327486720L, 667008000L, 32 * 327486720L, 32 * 667008000L);
    assertThat(rows.get(0).getLong("ptflops")).isEqualTo(320300008);
  }

  @Test
  void compare_ofThePapersResNet50_tellsTheStrideApart() {
    Result result =
        run("compare", "resnet50", "resnet50(stride_in_1x1=true)", "-c", "mac", "--format", "csv");
    // He et al. 2015 print 3.8 billion; torchvision publishes 4.09 GFLOPS for its own.
    assertThat(csv(result.out()))
        .extracting(row -> row.getLong("mac"))
        .containsExactly(4_089_184_256L, 3_857_973_248L);
  }

  @Test
  void compare_onSeveralThreads_writesWhatOneThreadWrites() {
    StringBuilder batches = new StringBuilder("1");
    for (int batch = 2; batch <= 150; batch++) {
      batches.append(',').append(batch);
    }
    String[] sweep = {"compare", "alexnet", "resnet18", "-b", batches.toString(), "-r", "20,64"};
    String[] csv = {"--format", "csv", "--jobs", "1"};
    String[] one = Stream.of(sweep, csv).flatMap(Stream::of).toArray(String[]::new);
    String[] three = one.clone();
    three[three.length - 1] = "3";
    Result expected = run(one);
    assertThat(expected.out().lines()).hasSize(1 + 2 * 150 * 2);
    assertThat(run(three)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare resnet5                    | did you mean resnet50",
        "compare lenet5 vgg11 vgg13 resnt34 resnet18 alexnet vgg16 alxnet | 'resnt34'",
        "compare resnet50 -c tohp           | did you mean thop?",
        "compare resnet50 -c thop(grad=x)   | has no option 'grad'",
        "compare resnet50 -c ptflops(grad=x)| grad is true or false",
        "compare resnet50 --resolution 0    | '0'",
        "compare resnet50 --resolution 224x | '224x'",
        "compare resnet50 --batch 0         | '0'",
        "compare resnet50 --batch 1.5       | '1.5'",
        "compare resnet50 --jobs 0          | '0'",
        "compare resnet50 --jobs many       | 1 to 1024",
        "compare alexnet --resolution 32    | features.12",
        "compare resnet50 --batch 1000000000000 | 2^63",
        "compare alexnet -b 9223372036854775807 | 2^63",
        "compare resnet50(width=2)          | has no option 'width'; it has num_classes",
        "compare resnet50(num_classes=-1)   | num_classes is a whole number of 1 or more",
        "compare resnet50(                  | name(option=value",
        "compare resnet50 --format docx     | there are table, csv",
        "compare resnet50 --format xlsx   | xlsx is no text; name a file for it with -o",
        "compare resnet50 --unit giga       | there are auto, 1, K",
        "compare                            | MODEL",
        "compare resnet50 --colour          | unknown option '--colour'",
        "layers resnet50 -b 1,2             | one input",
        "compare no/such                    | there is no file",
        "compare no.pt2                     | no.pt2",
        "layers no.ONNX                     | no.ONNX",
        "compare ./                         | is a folder, not a file",
        "compare - -                        | standard input can be read once",
        "models zzzz                        | no model matches 'zzzz'",
        "conventions zzz                    | unknown convention 'zzz'",
        "compare resnet50 -c ./no.json      | there is no such file",
        "conventions no/where               | there is no such file",
        "conventions --diff thop            | conventions ID --diff OTHER",
        "conventions mac --diff thpo        | did you mean thop?",
        "count resnet50                     | unknown command 'count'",
        "''                                 | unknown command"
      })
  void wrongRequest_getsOneLineAndStatusTwo(String line, String expected) {
    Result result = run(line.split(" +"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).singleElement().asString().startsWith("whichflops: ");
    assertThat(result.err()).contains(expected);
  }

  @Test
  void noCommand_isAWrongRequest() {
    assertThat(run().status()).isEqualTo(2);
  }

  @Test
  void output_goesToAFile_inTheFormatOfItsEnding() throws IOException {
    Path file = folder.resolve("table.csv");
    Result result = run("compare", "alexnet", "-o", file.toString());
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(csv(Files.readString(file))).hasSize(1);
  }

  @Test
  void output_thatCannotBeWritten_isOneLine() {
    Result result = run("compare", "alexnet", "-o", folder.resolve("no/table.csv").toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err().lines()).singleElement().asString().contains("there is no folder");
  }

  @Test
  void output_ofARequestThatFails_leavesNoFile() throws IOException {
    Path file = folder.resolve("table.csv");
    Result result = run("compare", "alexnet", "-r", "32", "-o", file.toString());
    assertThat(result.status()).isEqualTo(2);
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void output_ofAnEndingThatIsNoFormat_isOneLine() {
    Result result = run("compare", "alexnet", "-o", folder.resolve("table.doc").toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--format");
  }

  @Test
  void layers_printsARowALayer() {
    Result result = run("layers", "vgg16", "-c", "mac", "--format", "csv");
    List<Record> rows = csv(result.out());
    Record first = rows.get(0);
    assertThat(first.getString("path")).isEqualTo("features.0");
    assertThat(first.getString("type")).isEqualTo("Conv2d");
    assertThat(first.getString("input_shape")).isEqualTo("1x3x224x224");
    assertThat(first.getString("output_shape")).isEqualTo("1x64x224x224");
    // Textbook: 3 x 3 x 3 x 64 = 1728 weights and 64 biases, one product a weight and position.
    assertThat(first.getLong("params")).isEqualTo(1728 + 64);
    assertThat(first.getLong("multiplies")).isEqualTo(1728L * 224 * 224);
    assertThat(first.getLong("mac")).isEqualTo(1728L * 224 * 224);
    assertThat(rows)
        .filteredOn(row -> row.getString("path").equals("classifier.0"))
        .singleElement()
        .satisfies(row -> assertThat(row.getLong("params")).isEqualTo(102760448 + 4096));
  }

  @Test
  void coverage_isAColumnOnlyWhereItIsAskedFor() {
    String[] compare = {"compare", "vit_b_16", "-c", "thop,mac", "--format", "csv"};
    assertThat(run(compare).out()).startsWith("model,batch,height,width,params,thop,mac,note\n");
    String[] more = Arrays.copyOf(compare, compare.length + 1);
    more[compare.length] = "--coverage";
    Result result = run(more);
    assertThat(result.out())
        .startsWith("model,batch,height,width,params,thop,mac,note,coverage\n")
        .contains("nn.MultiheadAttention: 0 of 6292703232 MACs seen");
    Result layers = run("layers", "vit_b_16", "-c", "thop", "--coverage", "--format", "csv");
    assertThat(layers.out())
        .startsWith("path,type,input_shape,output_shape,params,multiplies,adds,thop,coverage\n");
    assertThat(csv(layers.out()))
        .filteredOn(row -> row.getString("path").endsWith("encoder_layer_0.self_attention"))
        .extracting(row -> row.getString("coverage"))
        .containsExactly("0 of 524391936 MACs seen");
  }

  @Test
  void layersOfAToolThatFails_areEmpty_andSayWhy() {
    Result result = run("layers", "vit_b_16", "-c", "mac,imgclsmob", "--format", "csv");
    assertThat(result.status()).isZero();
    assertThat(csv(result.out()))
        .allSatisfy(row -> assertThat(row.getString("imgclsmob")).isNull());
    assertThat(result.out()).contains("\n(imgclsmob fails),AssertionError,");
    Result alone = run("layers", "vit_b_16", "-c", "imgclsmob");
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).isEqualTo("whichflops: vit_b_16: imgclsmob fails: AssertionError\n");
  }

  @Test
  void models_listsNames_andOneModelsOptions() {
    assertThat(run("models").out()).contains("resnet50").contains("mobilenet_v2");
    assertThat(run("models", "vgg").out()).contains("vgg16").doesNotContain("resnet50");
    assertThat(run("models", "mobilenet_v2").out()).contains("width_mult").contains("1801.04381");
  }

  @Test
  void conventions_listsThem_andTheRulesOfOne() {
    assertThat(run("conventions").out().lines().skip(1).map(line -> line.split(" +", -1)[0]))
        .startsWith("mac", "2mac", "exact", "molchanov", "arithmetic")
        .contains("thop", "ptflops");
    assertThat(run("conventions", "thop", "--format", "csv").out())
        .contains("nn.Conv2d,numel(y) * (x[1] // g) * K,multiply-accumulate,")
        .contains("nn.BatchNorm2d,2 * numel(x) * (1 + affine),normalization,");
  }

  @Test
  void conventions_ofOne_readAsParagraphsOfAtMostEightyColumns() {
    String text = run("conventions", "ptflops").out();
    assertThat(text)
        .startsWith("ptflops (ptflops 0.7.5, MACs)\n")
        .contains("\n  option grad=true|false: ")
        .contains("\n    = numel(x) * (1 + affine) (normalization)\n")
        .contains("pytorch_ops.py:51");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void conventions_diff_hasWhatWasAddedRemovedAndChanged_andNothingElse() {
    Result result = run("conventions", "mac", "--diff", "exact", "--format", "csv");
    assertThat(result.out())
        .startsWith("sees,change,mac,exact\n")
        .contains("(quantity),changed,MACs,FLOPs\n")
        .contains(
            "aten.mm,changed,numel(x) * x2[-1],2 * numel(x) * x2[-1] - numel(y) + numel(y) * added\n");
    assertThat(run("conventions", "thop", "--diff", "ptflops", "--format", "csv").out())
        .contains("nn.Softmax,removed,numel(x) // n * (3 * n - 1),\n")
        .contains("F.relu,added,,numel(x)\n");
    assertThat(run("conventions", "mac", "--diff", "mac", "--format", "csv").out())
        .isEqualTo("sees,change,mac,mac\n");
    // The two tables share this row, so it is no difference.
    assertThat(run("conventions", "exact", "--diff", "molchanov").out())
        .doesNotContain("aten._trilinear");
  }

  @Test
  void convention_writtenToAFile_isAColumnBesideTheOneItCameFrom() {
    Path file = folder.resolve("mine.json");
    assertThat(run("conventions", "thop", "--format", "json", "-o", file.toString()).status())
        .isZero();
    Result result = run("compare", "resnet18", "-c", "thop," + file, "--format", "csv");
    assertThat(result.out()).startsWith("model,batch,height,width,params,thop,mine.json,note\n");
    Record row = csv(result.out()).get(0);
    assertThat(row.getString("mine.json")).isEqualTo(row.getString("thop"));
    assertThat(run("layers", "resnet18", "-c", file.toString(), "--format", "csv").out())
        .startsWith("path,type,input_shape,output_shape,params,multiplies,adds,thop\n");
    assertThat(run("conventions", file.toString()).out()).startsWith("thop (thop 0.1.1, MACs)\n");
  }

  @Test
  void conventionThatAsksForWhatACallHasNot_leavesItsCellEmpty() throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(
        file,
        """
        {"name": "mine", "quantity": "MACs", "rules": [{"sees": "nn.ReLU", "counts": "C_in"}]}
        """);
    Result result = run("compare", "resnet18", "-c", "mac," + file, "--format", "csv");
    assertThat(result.out()).contains(",1814073344,,mine: nn.ReLU has no 'C_in' (input channels)");
  }

  @Test
  void conventions_inLatex_haveTheFormulasAsMathematics() {
    assertThat(run("conventions", "thop", "--format", "latex").out())
        .contains("\\toprule")
        .contains("$\\lvert y\\rvert\\,\\lfloor \\tfrac{x[1]}{g}\\rfloor\\,K$")
        .contains("$2\\,\\lvert x\\rvert\\,(1 + \\mathrm{affine})$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "layers", "report", "summary", "models", "conventions"})
  void help_hasExamples(String command) {
    Result result = run(command, "--help");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("Examples:").contains("whichflops " + command);
  }

  @Test
  void conventionList_keepsCommasInsideParentheses() {
    assertThat(ConventionOption.split("a, b(c=1,d=2),e")).containsExactly("a", "b(c=1,d=2)", "e");
  }
}
