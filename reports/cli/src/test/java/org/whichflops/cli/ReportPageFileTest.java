package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report as a file; no browser looks at it here. */
class ReportPageFileTest {
  @TempDir private Path folder;

  @Test
  void pageOfTenNetworks_staysBelowOneAndAHalfMegabytes() throws IOException {
    Path file = folder.resolve("ten.html");
    String[] request =
        "report resnet50 resnet152 vgg16 densenet201 efficientnet_v2_l swin_b vit_l_16 convnext_large regnet_y_32gf mobilenet_v3_large -o"
            .split(" ");
    String[] line = Arrays.copyOf(request, request.length + 1);
    line[request.length] = file.toString();
    StringWriter err = new StringWriter();
    assertThat(Main.run(new StringWriter(), new PrintWriter(err, true), line)).isZero();
    assertThat(Files.size(file)).isBetween(700_000L, 1_500_000L);
  }

  @Test
  void page_explainsTheConventionsAskedFor_thoughTheyAreNotInTheList() throws IOException {
    Path file = folder.resolve("asked.html");
    String[] line = {"report", "alexnet", "-c", "mac", "--to", "fvcore", "-o", file.toString()};
    assertThat(Main.run(new StringWriter(), new PrintWriter(new StringWriter()), line)).isZero();
    assertThat(Files.readString(file))
        .contains("\"from\":\"mac\",\"to\":\"fvcore\",\"conventions\":[{\"id\":\"mac\"")
        .contains("<b>fvcore</b>");
  }

  @Test
  void page_ofOneModelThatCannotRun_saysWhy_andKeepsTheOther() throws IOException {
    Path file = folder.resolve("refused.html");
    String[] line = {
      "report", "vit_b_16", "resnet18", "-r", "192", "-c", "mac,thop", "-o", file.toString()
    };
    assertThat(Main.run(new StringWriter(), new PrintWriter(new StringWriter()), line)).isZero();
    String page = Files.readString(file);
    assertThat(page).contains("{\"name\":\"vit_b_16\",\"input\":\"\"");
    assertThat(page).contains("{\"name\":\"resnet18\",\"input\":\"1x3x192x192\"");
  }

  @Test
  void page_ofNothingThatRuns_isOneLine_andNoFile() throws IOException {
    Path file = folder.resolve("nothing.html");
    StringWriter err = new StringWriter();
    String[] line = {"report", "vit_b_16", "-r", "192", "-o", file.toString()};
    assertThat(Main.run(new StringWriter(), new PrintWriter(err, true), line)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(file).doesNotExist();
  }
}
