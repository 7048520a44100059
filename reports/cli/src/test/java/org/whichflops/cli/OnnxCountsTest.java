package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whichflops.cli.CountedFiles.Cause;
import org.whichflops.engine.nn.Network;

/**
 * What a convention makes of an ONNX file against what is true of the model that it was exported
 * from: the table of docs/formats.md, which must say what comes out here.
 */
class OnnxCountsTest {
  private static final List<String> KINDS = List.of("nothing folded", "batch norms folded");

  /** Why a count differs: the kind of file, conventions, models and the page's number. */
  private static final List<Cause> CAUSES =
      List.of(
          new Cause(-1, "(ptflops(?!-aten)|pthflops|thop).*", Set.of("r3d_18"), 2),
          new Cause(-1, "mmpretrain", Set.of(), 2),
          new Cause(-1, "(calflops|ptflops).*", Set.of("hand_mixed_nobil", "swin_v2_t"), 3),
          new Cause(-1, "convnet-burden|netscope", Set.of("swin_v2_t"), 3),
          new Cause(-1, ".*grad=false.*", Set.of("vit_b_16"), 4),
          new Cause(-1, "torchprofile", Set.of("swin_t", "swin_v2_t", "vit_b_16"), 5),
          new Cause(-1, "onnx-tool", Set.of("maxvit_t", "shufflenet_v2_x1_0"), 5),
          new Cause(-1, "pthflops", Set.of("swin_t", "swin_v2_t"), 6),
          new Cause(
              -1,
              "pytorch-model-summary|arithmetic|" + CountedFiles.PARAMETERS,
              Set.of("swin_t", "swin_v2_t", "maxvit_t"),
              7),
          new Cause(
              -1,
              CountedFiles.PARAMETERS,
              Set.of("googlenet", "inception_v3", "hand_mixed_nobil"),
              8),
          new Cause(1, ".*", Set.of(), 1));

  private static final CountedFiles COUNTED = count();

  private static CountedFiles count() {
    CountedFiles counted = new CountedFiles(KINDS, CAUSES);
    TrueCounts.conventions().forEach(counted::row);
    for (String file : OnnxFiles.names()) {
      Network network = OnnxFiles.network(file);
      String model = OnnxFiles.model(file);
      counted.compare(OnnxFiles.folded(file) ? 1 : 0, model, network);
    }
    return counted;
  }

  @Test
  void documentation_saysWhatComesOutOfTheFiles() throws IOException {
    COUNTED.assertPage(Files.readString(Path.of("../../docs/formats.md")));
  }

  /** So that the table cannot be exact by refusing what tools counted. */
  @Test
  void files_areComparedUnderEveryConventionThatToolsWereRunFor() {
    assertThat(OnnxFiles.names()).hasSizeGreaterThan(60);
    for (String id : List.of("fvcore", "torch-flop-counter", "thop", "ptflops", "deepspeed")) {
      assertThat(COUNTED.models(id, 0)).as(id).isGreaterThan(18);
      assertThat(COUNTED.models(id, 1)).as(id).isGreaterThan(20);
    }
  }
}
