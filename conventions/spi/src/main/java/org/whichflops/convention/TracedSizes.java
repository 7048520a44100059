package org.whichflops.convention;

import java.util.List;
import java.util.Map;

/**
 * What a trace of torch 2.6.0 holds of the arithmetic that Python code does with sizes: {@code batch
 * * heads} is a node {@code mul} over single numbers where sizes are traced. Nobody records it but
 * a tracer, so it is told here, for the functions and modules that do any.
 *
 * <p>Source: the nodes whose output is a single number, counted in traces of torchvision 0.21.0's
 * models by the module they are in; divisions that round down, remainders and conversions left out.
 *
 * @param seen what does the arithmetic, by the names that rules look up
 * @param operators how often each operator, without namespace
 * @param source where the code stands
 */
public record TracedSizes(List<String> seen, Map<String, Integer> operators, String source) {
  /** All that are known. */
  public static final List<TracedSizes> ALL =
      List.of(
          new TracedSizes(
              List.of("F.multi_head_attention_forward"),
              Map.of("mul", 4, "div", 1),
              "torch/nn/functional.py:6207, 6296, 6381"),
          new TracedSizes(
              List.of("torchvision.models.vision_transformer.VisionTransformer"),
              Map.of("mul", 1),
              "torchvision/models/vision_transformer.py:279"),
          new TracedSizes(
              List.of("torchvision.models.swin_transformer.ShiftedWindowAttention"),
              Map.of("mul", 2, "rsub", 2, "pow", 1),
              "torchvision/models/swin_transformer.py:152, 170, 188"),
          new TracedSizes(
              List.of("torchvision.models.swin_transformer.ShiftedWindowAttentionV2"),
              Map.of("mul", 3, "rsub", 2),
              "torchvision/models/swin_transformer.py:152, 170, 178"),
          new TracedSizes(
              List.of("torchvision.models.maxvit.WindowPartition"),
              Map.of("mul", 1),
              "torchvision/models/maxvit.py:248"),
          new TracedSizes(
              List.of("torchvision.models.video.mvit.Pool"),
              Map.of("mul", 1),
              "torchvision/models/video/mvit.py:89"),
          new TracedSizes(
              List.of("torchvision.models.video.swin_transformer.PatchEmbed3d"),
              Map.of("rsub", 3),
              "torchvision/models/video/swin_transformer.py:64"));

  /** Keeps them as they are. */
  public TracedSizes {
    seen = List.copyOf(seen);
    operators = Map.copyOf(operators);
  }
}
