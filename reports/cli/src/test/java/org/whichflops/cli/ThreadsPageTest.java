package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command on the page of threads prints what the page says it prints.
 *
 * <p>{@code -Dthreads.update=true} writes what is printed into the page instead; the difference is
 * then for the eye.
 */
class ThreadsPageTest {
  private static final Path ROOT = root();
  private static final Path PAGE = ROOT.resolve("docs/threads.md");
  private static final Pattern BLOCK =
      Pattern.compile("```console\n\\$ \\./whichflops ([^\n]+)\n(.*?)```\n", Pattern.DOTALL);

  /**
   * A command and what it prints.
   *
   * @param command as it stands after the prompt
   * @param output what stands below
   */
  record Block(String command, String output) {
    @Override
    public String toString() {
      return command;
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/threads.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static Stream<Block> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> new Block(found.group(1), found.group(2)));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void command_printsWhatThePageSays(Block block) throws IOException {
    String printed = printed(block.command());
    if (Boolean.getBoolean("threads.update")) {
      String page = Files.readString(PAGE);
      String prompt = "$ ./whichflops " + block.command() + "\n";
      Files.writeString(PAGE, page.replace(prompt + block.output(), prompt + printed));
      return;
    }
    assertThat(printed).isEqualTo(block.output());
  }

  @Test
  void everyBlockOfThePage_isACommand() throws IOException {
    String page = Files.readString(PAGE);
    long blocks = page.lines().filter(line -> line.equals("```console")).count();
    assertThat(blocks().count()).isEqualTo(blocks).isGreaterThan(30);
  }

  private static String printed(String command) {
    StringWriter out = new StringWriter();
    Main.run(out, new PrintWriter(out, true), arguments(command));
    return out.toString();
  }

  /** Words as a shell splits them; files are the project's. */
  private static String[] arguments(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(text.startsWith("docs/") ? ROOT.resolve(text).toString() : text);
    }
    return words.toArray(String[]::new);
  }
}
