package org.whichflops.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void commit_putsTheWholeFileInPlace() throws IOException {
    Path file = folder.resolve("a.csv");
    try (OutputFile output = OutputFile.open(file)) {
      output.writer().write("new");
      assertThat(file).doesNotExist();
      output.commit();
    }
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryContaining("glob:**a.csv");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void closeWithoutCommit_leavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "old");
    try (OutputFile output = OutputFile.open(file)) {
      output.writer().write("half");
    }
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void open_whereThereIsNoFolder_saysSo() {
    assertThatThrownBy(() -> OutputFile.open(folder.resolve("none/a.csv")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no folder");
  }

  @Test
  void open_ofAFolder_saysSo() {
    assertThatThrownBy(() -> OutputFile.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("it is a folder");
  }
}
