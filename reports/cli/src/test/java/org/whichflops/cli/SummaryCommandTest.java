package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import picocli.CommandLine;

class SummaryCommandTest {
  @TempDir private Path folder;

  /** Prints the model's name and input, or half of that and then fails. */
  private record NamePrinter(String id, boolean fails) implements SummaryStyle {
    @Override
    public String source() {
      return "";
    }

    @Override
    public Mode mode() {
      return Mode.CPU_GRAD;
    }

    @Override
    public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
      out.append(network.name());
      if (fails) {
        throw new ToolFailureException("KeyError: 'y'");
      }
      out.append(" ").append(pass.call(0).input(0).shape().toString()).append("\n");
    }
  }

  private static String run(String... arguments) throws IOException {
    SummaryCommand command =
        new SummaryCommand(
            () -> List.of(new NamePrinter("printer", false), new NamePrinter("failer", true)));
    StringWriter out = new StringWriter();
    command.run(new CommandLine(command.spec()).parseArgs(arguments), out);
    return out.toString();
  }

  @Test
  void summary_isWhatTheStylePrints_atTheInputAskedFor() throws IOException {
    assertThat(run("alexnet", "--style", "printer")).isEqualTo("alexnet 1x3x224x224\n");
    assertThat(run("alexnet", "--style", "printer", "-b", "2", "-r", "256x192"))
        .isEqualTo("alexnet 2x3x256x192\n");
  }

  @Test
  void summary_toAFile_isNotPrinted() throws IOException {
    Path file = folder.resolve("alexnet.txt");
    assertThat(run("alexnet", "--style", "printer", "-o", file.toString())).isEmpty();
    assertThat(file).hasContent("alexnet 1x3x224x224\n");
  }

  @Test
  void toolThatFails_printsNothing_andIsAWrongRequest() throws IOException {
    Path file = folder.resolve("alexnet.txt");
    assertThatThrownBy(() -> run("alexnet", "--style", "failer", "-o", file.toString()))
        .isInstanceOf(RequestException.class)
        .hasMessage("failer fails on alexnet: KeyError: 'y'");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alexnet --style printr       | unknown style 'printr'; did you mean printer?",
        "alexnet --style html         | unknown style 'html'; there are printer, failer",
        "alexnet                      | summary takes --style; there are printer, failer",
        "alexnet --style printer -b 1,2 | summary shows one input; --batch has 2 values",
        "alexnt --style printer       | unknown model 'alexnt'; did you mean alexnet?"
      })
  void wrongRequest_saysWhatWouldBeRight(String line, String message) {
    assertThatThrownBy(() -> run(line.split(" +"))).hasMessage(message);
  }
}
