package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands explain, identify and check, as users type them. */
class ExplainIdentifyCheckTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(out, new PrintWriter(err, true), arguments);
  }

  @Test
  void explain_asCsv_hasTheColumnsOfTheContractAndTheTotalLast() {
    int status = run("explain", "resnet50", "--from", "mac", "--to", "thop", "--format", "csv");
    assertThat(status).isZero();
    assertThat(out.toString().lines())
        .startsWith(
            "cause,kind,calls,from,to,difference",
            "batch norm not counted by mac,nn.BatchNorm2d,53,0,44455936,44455936",
            "pooling not counted by mac,nn.AdaptiveAvgPool2d,1,0,102400,102400")
        .endsWith("total,,108,4089184256,4133742592,44558336");
  }

  /** Every batch norm differs, no convolution does; the first that runs is a convolution. */
  @Test
  void explain_theTopByLayer_areTheLargestDifferencesInTheOrderOfTheNetwork() {
    run(
        "explain",
        "resnet18",
        "--from",
        "mac",
        "--to",
        "thop",
        "--by",
        "layer",
        "--top",
        "3",
        "--format",
        "csv");
    assertThat(out.toString().lines().map(row -> row.substring(0, row.indexOf(','))))
        .containsExactly("layer", "bn1", "layer1.0.bn1", "layer1.0.bn2", "(39 smaller)", "total");
  }

  @Test
  void explain_forPeople_beginsWithTheAnswer() {
    run("explain", "resnet50", "--from", "mac", "--to", "thop");
    assertThat(out.toString()).startsWith("resnet50 at 1x3x224x224: mac counts 4,089,184,256");
  }

  @Test
  void claimed_ofResNet50sPaper_namesTheStrideAndItsDifference() {
    assertThat(run("explain", "resnet50", "--claimed", "3.8G")).isZero();
    assertThat(out.toString())
        .contains("resnet50(stride_in_1x1=true)", "3,857,973,248", "231,211,008 less");
  }

  /** torchvision's own table has 25,557,032 in its column of parameters. */
  @ParameterizedTest
  @ValueSource(strings = {"25.6M params", "25.6M", "25557032"})
  void claimed_thatIsANumberOfParameters_isSaidToBeNoCountOfOperations(String claim) {
    assertThat(run("explain", "resnet50", "--claimed", claim)).isZero();
    assertThat(out.toString())
        .contains(
            "resnet50 has 25,557,032 parameters.",
            "not operations",
            "takes 4,089,184,256 multiply-accumulates");
  }

  @Test
  void identify_ofANumberOfParameters_saysSo() {
    assertThat(run("identify", "25.6M params", "--format", "csv", "-c", "mac")).isZero();
    assertThat(out.toString())
        .contains(
            "\nresnet50,1,224,224,params,25557032,25.6M,\"rounded; parameters, not operations\"\n");
  }

  /** What it counts is asked for in words, so no operations are offered, however near. */
  @Test
  void identify_ofParametersThatNothingHas_offersTheNearestParameters() {
    assertThat(run("identify", "4.09G params", "--model", "resnet50", "--format", "csv")).isZero();
    assertThat(out.toString().lines().skip(1))
        .isNotEmpty()
        .allMatch(row -> row.contains(",params,") && row.contains("near; parameters"));
  }

  @Test
  void identify_asCsv_hasTheColumnsOfTheContract() {
    run("identify", "4.09G", "--model", "resnet50", "--convention", "mac", "--format", "csv");
    assertThat(out.toString())
        .isEqualTo(
            "model,batch,height,width,convention,value,printed,matches\n"
                + "resnet50,1,224,224,mac,4089184256,4.09G,rounded\n");
  }

  @Test
  void check_withinLimits_isSilent() {
    assertThat(run("check", "mobilenet_v2", "--max", "mac=301M", "--max", "params=3.6M")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void check_beyondLimits_hasALineForEachAndStatus3() {
    assertThat(run("check", "mobilenet_v2", "alexnet", "--max", "mac=300M", "--max", "params=4M"))
        .isEqualTo(3);
    assertThat(out.toString().lines())
        .containsExactly(
            "mobilenet_v2 at 1x3x224x224: mac is 300,774,272, 774,272 more than mac=300M allows",
            "alexnet at 1x3x224x224: mac is 714,188,480, 414,188,480 more than mac=300M allows",
            "alexnet: params is 61,100,840, 57,100,840 more than params=4M allows");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "explain resnet50 --by colour | --by is cause, kind or layer, not 'colour'",
        "explain resnet50 --form mac | unknown option '--form'; did you mean --from",
        "explain resnet50 --against-batch 2,3 | --against-batch takes one value, not 2",
        "explain resnet50 --top 0 | --top is a whole number of 1 or more, not '0'",
        "explain resnet50 --to thopp | unknown convention 'thopp'; did you mean thop",
        "explain resnet50 --claimed many | 'many' is no printed count such as 3.8G",
        "explain resnet50 --claimed 3.8G --from mac | leave out --from",
        "explain resnet50 --convention mac | --convention goes with --against",
        "identify | Missing required parameter: 'VALUE'",
        "check resnet50 | check takes --max, for instance --max mac=300M",
        "check resnet50 --max mac | --max is ID=VALUE such as mac=300M or params=4M, not 'mac'",
        "check resnet50 --max parms=4M | unknown convention 'parms'; did you mean params",
        "check resnet50 --max mac=few | 'few' is no printed count",
      })
  void wrongRequest_isOneLineAndStatus2(String command, String expected) {
    assertThat(run(command.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(expected);
    assertThat(out.toString()).isEmpty();
  }
}
