package org.whichflops.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

class ConventionFilesTest {
  private static final Path DOCS = Path.of("../../docs");
  private static final Conventions INSTALLED = Conventions.installed();

  private static TableConvention read(String text) throws IOException {
    return ConventionFiles.read(
        "mine.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), INSTALLED);
  }

  private static TableConvention withRules(String rules) throws IOException {
    return read(
        "{'name':'mine','quantity':'MACs','rules':[%s]}".formatted(rules).replace('\'', '"'));
  }

  private static long total(Convention convention, String model) {
    Network network = Zoo.build(model);
    return convention.counter(network).total(network.forward(convention.mode()));
  }

  @Test
  void documentedExample_counts() {
    TableConvention mine = ConventionFiles.read(DOCS.resolve("my-convention.json"), INSTALLED);
    assertThat(mine.about().id()).isEqualTo("mine");
    assertThat(mine.mode()).isEqualTo(Mode.DECOMPOSED);
    // 1,814,073,344 MACs and 1,000 for the classifier's bias; 2,483,712 numbers go through batch
    // norms (timm and fvcore count twice that: 1,819,065,856 - 1,814,073,344 - 25,088 for a pool);
    // 8 residual additions: 2 each of 64 x 56 x 56, 128 x 28 x 28, 256 x 14 x 14, 512 x 7 x 7.
    long residuals = 2 * (200_704 + 100_352 + 50_176 + 25_088);
    assertThat(total(mine, "resnet18"))
        .isEqualTo(1_814_073_344L + 1_000 + 2 * 2_483_712L + residuals);
  }

  @Test
  void schema_hasTheKeysAndTermsThatTheReaderKnows() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(DOCS.resolve("convention.schema.json").toFile());
    assertThat(schema.get("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(ConventionReader.KEYS);
    JsonNode rule = schema.at("/properties/rules/items/properties");
    assertThat(rule.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(RuleReader.KEYS);
    assertThat(rule.at("/counts/oneOf/1/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Label.values()).map(Label::words).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mac", "thop", "ptflops", "ptflops(grad=false)"})
  void builtIn_writtenAndReadBack_countsTheSame(String id) throws IOException {
    Convention original = INSTALLED.find(id);
    StringWriter text = new StringWriter();
    ConventionFiles.write(original, text);
    TableConvention copy = read(text.toString());
    assertThat(copy.about()).isEqualTo(original.about());
    assertThat(copy.mode()).isEqualTo(original.mode());
    for (String model : List.of("alexnet", "mobilenet_v2", "vit_b_16")) {
      assertThat(total(copy, model)).as(model).isEqualTo(total(original, model));
    }
    StringWriter again = new StringWriter();
    ConventionFiles.write(copy, again);
    assertThat(again).hasToString(text.toString());
  }

  @Test
  void counting_isThatOfTheConventionNamed() throws IOException {
    String linear = "{'sees':'nn.Linear','counts':'numel(y)'}";
    Network network = Zoo.build("alexnet");
    ForwardPass pass = network.forward(Mode.CPU_GRAD, network.input().at(3));
    // 4096 + 4096 + 1000 outputs an image; ptflops averages modules over the batch.
    assertThat(withRules(linear).counter(network).total(pass)).isEqualTo(3 * 9192);
    TableConvention averaged =
        read(
            "{'name':'m','quantity':'q','counting':'ptflops','rules':[%s]}"
                .formatted(linear)
                .replace('\'', '"'));
    assertThat(averaged.counter(network).total(pass)).isEqualTo(9192);
    assertThat(averaged.mode()).isEqualTo(Mode.CPU_GRAD);
  }

  @Test
  void otherLibrariesClasses_canBeSeen() throws IOException {
    assertThat(withRules("{'sees':'torchvision.ops.misc.Permute','counts':'7'}").rules().rules())
        .hasSize(1);
  }

  @Test
  void ruleOfNoTerms_countsNothing() throws IOException {
    assertThat(total(withRules("{'sees':'nn.Linear','counts':{}}"), "alexnet")).isZero();
  }

  @Test
  void formulaWithoutValue_saysWhere() throws IOException {
    TableConvention mine = withRules("{'sees':'nn.Linear','counts':'numel(y) // (bias - 1)'}");
    assertThatThrownBy(() -> total(mine, "alexnet"))
        .isInstanceOf(UnknownQuantityException.class)
        .hasMessage("formula 'numel(y) // (bias - 1)' has no value at classifier.1: / by zero");
  }

  /** The place that the message has to name is marked by a ^ before it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'sees':'nn.ReLU','counts':'numel(x) * ^Cin'}    | unknown quantity 'Cin'; did you mean C_in?",
        "{'sees':'nn.ReLU','counts':{'bias':'numel(^q)'}} | 'q' is no tensor; known are x, x2, x3, y, w",
        "{'sees':'nn.ReLU','counts':'2 +^'}               | a number, a quantity or '(' is missing",
        "{'sees':'nn.ReLU','counts':{^'bais':'1'}}        | unknown term 'bais'; did you mean bias?",
        "{'sees':^'nn.Relu','counts':'1'}                 | unknown module, function or operator 'nn.Relu'; did you mean nn.ReLU",
        "{'sees':['F.relu',^'F.rleu'],'counts':'1'}       | unknown module, function or operator 'F.rleu'; did you mean F.relu",
        "{'sees':^'Conv2d','counts':'1'}                  | unknown module, function or operator 'Conv2d'",
        "{'sees':'nn.ReLU',^'count':'1'}                  | unknown key 'count'; did you mean counts?",
        "^{'sees':'nn.ReLU'}                              | a rule has `sees` and `counts`; one of them is missing",
        "^{'sees':[],'counts':'1'}                        | a rule has `sees` and `counts`; one of them is missing",
        "{'sees':'nn.ReLU','counts':^1}                   | counts is a formula or an object of formulas",
        "{'sees':'nn.ReLU','counts':'1'},{'sees':^'nn.ReLU','counts':'2'} | two rules see 'nn.ReLU'",
        "^7                                               | a rule is an object"
      })
  void wrongRule_saysWhereAndWhatWouldBeRight(String rule, String message) {
    String text = "{'name':'mine','quantity':'MACs','rules':[" + rule + "]}";
    assertThatThrownBy(() -> read(text.replace("^", "").replace('\'', '"')))
        .isInstanceOf(ConventionFileException.class)
        .hasMessageStartingWith("mine.json: line 1, column %d: ".formatted(text.indexOf('^') + 1))
        .hasMessageContaining(message.replace('`', '"'));
  }

  @Test
  void wrongLine_isNamedToo() {
    assertThatThrownBy(() -> read("{\n  \"name\": \"a\",\n  \"quantty\": \"b\"\n}"))
        .hasMessage("mine.json: line 3, column 3: unknown key 'quantty'; did you mean quantity?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "^[]                                         | a convention is an object",
        "{'name':^' '}                               | a name has 1 to 200 characters",
        "{^'nam':'a'}                                | unknown key 'nam'; did you mean name?",
        "{'mode':{'grad':^'yes'}}                    | grad is true or false",
        "{'mode':{'device':^'gpu'}}                  | device is `cpu` or `meta`",
        "{'counting':^'thpo'}                        | unknown convention 'thpo'; did you mean thop?",
        "{'counting':^'ptflops(grad=maybe)'}         | ptflops(grad=maybe): grad is true or false",
        "{'name':'a','quantity':'b','rules':[]} ^{}  | nothing follows a convention",
        "{'rules':^{}}                               | rules is a list"
      })
  void wrongConvention_saysWhereAndWhatWouldBeRight(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("^", "").replace('\'', '"')))
        .isInstanceOf(ConventionFileException.class)
        .hasMessageStartingWith("mine.json: line 1, column %d: ".formatted(text.indexOf('^') + 1))
        .hasMessageContaining(message.replace('`', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                           | is no JSON",
        "{'name':'a','name':'b'}     | is no JSON: Duplicate",
        "{'name':'a','rules':[]}     | a convention has a name, a quantity and rules; `quantity` is missing",
        "{'name':'a','quantity':'b'} | a convention has a name, a quantity and rules; `rules` is missing",
        "{'name':'a','quantity':'b','counting':'thop','rules':[{'sees':'F.relu','counts':'1'}]} | `counting`: `thop` adds up modules, but the rules see functions"
      })
  void incompleteConvention_saysWhatIsMissing(String text, String message) {
    assertThatThrownBy(() -> read(text.replace('\'', '"')))
        .isInstanceOf(ConventionFileException.class)
        .hasMessageStartingWith("mine.json: ")
        .hasMessageContaining(message.replace('`', '"'));
  }

  @Test
  void deepNesting_isRefused() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(ConventionFileException.class);
    assertThatThrownBy(() -> read("{\"mode\":" + "{\"grad\":".repeat(100_000)))
        .isInstanceOf(ConventionFileException.class);
  }
}
