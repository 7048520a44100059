package org.whichflops.zoo.papers;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * GPT-3, "Language Models are Few-Shot Learners" (Brown et al., arXiv 2005.14165, table 2.1), whose
 * code is not published; made of GPT-2's modules, as the paper says, with 2048 positions.
 *
 * <p>Every other layer of the paper's networks attends to a band of positions only; here all attend
 * to all, which changes no parameter. Two rows of the table do not fit together: XL's 24 heads of
 * 128 are wider than 2048, so it has 16 here; and 13B's width is 5140, of which 40 heads of 128
 * take 5120, which is what it has here.
 */
public final class Gpt3 {
  private static final int POSITIONS = 2048;
  private static final Option<Integer> SEQ_LEN = TokenIds.option(POSITIONS);

  /** Table 2.1 of the paper: layers, width, and the width of a head. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          gpt3("gpt3_small", 12, 768, 64),
          gpt3("gpt3_medium", 24, 1024, 64),
          gpt3("gpt3_large", 24, 1536, 96),
          gpt3("gpt3_xl", 24, 2048, 128),
          gpt3("gpt3_2_7b", 32, 2560, 80),
          gpt3("gpt3_6_7b", 32, 4096, 128),
          gpt3("gpt3_13b", 40, 5120, 128),
          gpt3("gpt3_175b", 96, 12288, 128));

  private Gpt3() {}

  private static Architecture gpt3(String name, int layers, int width, int head) {
    return Architecture.named(
            name,
            "GPT-3",
            "Brown et al. 2020, arXiv 2005.14165, table 2.1; modules of GPT-2 in HuggingFace"
                + " transformers 5.18",
            InputSize.fixed(1, POSITIONS))
        .input(TokenIds.input(SEQ_LEN))
        .options(SEQ_LEN)
        .remark(
            "takes token ids, at most 2048; all layers attend to all positions, the paper's every"
                + " other one to a band only")
        .builtBy(
            settings ->
                new Gpt2(layers, width, head, TokenIds.checked(settings.get(SEQ_LEN), POSITIONS)));
  }
}
