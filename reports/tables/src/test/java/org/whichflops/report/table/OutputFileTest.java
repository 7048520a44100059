package org.whichflops.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.stream.StreamSupport;
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

  private static void write(Path file, String text) throws IOException {
    try (OutputFile output = OutputFile.open(file)) {
      output.writer().write(text);
      output.commit();
    }
  }

  @Test
  void link_isFollowed_alsoWhereItLeadsToNothingYet() throws IOException {
    Path target = folder.resolve("target.csv");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("target.csv"));
    write(link, "first");
    assertThat(target).hasContent("first");
    write(link, "second");
    assertThat(target).hasContent("second");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void linksInACircle_areRefused() throws IOException {
    Path one = folder.resolve("one");
    Files.createSymbolicLink(one, Path.of("other"));
    Files.createSymbolicLink(folder.resolve("other"), Path.of("one"));
    assertThatThrownBy(() -> OutputFile.open(one))
        .isInstanceOf(IOException.class)
        .hasMessage("its links lead nowhere");
  }

  @Test
  void replacedFile_keepsItsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "old");
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(file, permissions);
    write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
  }

  @Test
  void deviceThatIsFull_fails_andADeviceIsNeverReplaced() throws IOException {
    Path full = Path.of("/dev/full");
    assertThatThrownBy(() -> write(full, "text"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    write(Path.of("/dev/null"), "text");
    assertThat(Files.isRegularFile(full)).isFalse();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void draftThatWasAbandoned_isRemoved_andThatOfALivingWriterIsNot() throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(Draft.YOUNG.multipliedBy(2)));
    Path abandoned = Files.writeString(folder.resolve(Draft.PREFIX + "1-1"), "half");
    Files.setLastModifiedTime(abandoned, old);
    Path young = Files.writeString(folder.resolve(Draft.PREFIX + "1-2"), "half");
    try (OutputFile living = OutputFile.open(folder.resolve("a.csv"))) {
      Path draft;
      try (var files = Files.newDirectoryStream(folder, Draft.PREFIX + "*")) {
        draft =
            StreamSupport.stream(files.spliterator(), false)
                .filter(path -> !path.equals(young))
                .findAny()
                .orElseThrow();
      }
      Files.setLastModifiedTime(draft, old);
      write(folder.resolve("b.csv"), "b");
      assertThat(draft).exists();
      living.writer().write("a");
      living.commit();
    }
    assertThat(abandoned).doesNotExist();
    assertThat(young).exists();
    assertThat(folder.resolve("a.csv")).hasContent("a");
    assertThat(folder.resolve("b.csv")).hasContent("b");
  }
}
