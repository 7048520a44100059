package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();

  private String shown(long quiet) {
    try (Progress progress = new Progress(new PrintWriter(err, true), "counting", 4, quiet)) {
      for (int i = 0; i < 4; i++) {
        progress.step();
      }
    }
    return err.toString();
  }

  @Test
  void shortWork_showsNothing() {
    assertThat(shown(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void longWork_showsHowMuchIsDone_andLeavesAnEmptyLine() {
    String text = shown(-1);
    assertThat(text).startsWith("\rcounting ").contains("/4 (").endsWith(" \r");
    assertThat(text).doesNotContain("\n");
    String last = text.substring(text.lastIndexOf('\r', text.length() - 2) + 1);
    assertThat(last).isBlank();
  }

  @Test
  void workThatNobodySees_showsNothing() {
    try (Progress progress = new Progress(null, "counting", 1, -1)) {
      progress.step();
    }
    assertThat(err.toString()).isEmpty();
  }
}
