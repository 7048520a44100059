package org.whichflops.convention;

import java.util.List;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Call;

/**
 * What a trace of torch 2.6.0 holds of the arithmetic that Python code does with sizes: {@code
 * batch * heads} is a node {@code mul} over single numbers where sizes are traced. Nobody records
 * it but a tracer, so it is told here, for the functions and modules that do any.
 *
 * <p>Source: the nodes whose output is a single number, counted in traces of torchvision 0.21.0's
 * models by the module they are in; divisions that round down, remainders and conversions left out.
 *
 * @param seen what does the arithmetic, by the name that rules look up
 * @param operator the operator, without namespace
 * @param times how often, whatever it is called with
 * @param asked whether it answers for more of them as its {@link Attribute#SIZE_PRODUCTS}
 * @param before the operator inside that comes next, by its name; empty where all come after
 * @param source where the code stands
 */
public record TracedSizes(
    String seen, String operator, int times, boolean asked, String before, String source) {
  private static final String SWIN = "torchvision.models.swin_transformer.ShiftedWindowAttention";
  private static final String SWIN_FILE = "torchvision/models/swin_transformer.py:";

  /** All that are known, in the order in which they are met. */
  public static final List<TracedSizes> ALL =
      List.of(
          new TracedSizes(
              "F.multi_head_attention_forward", "div", 1, "", "torch/nn/functional.py:6207"),
          new TracedSizes(
              "F.multi_head_attention_forward",
              "mul",
              4,
              true,
              "aten.view",
              "torch/nn/functional.py:5626, 5630, 6296, 6298, 6309, 6381"),
          new TracedSizes("F.interpolate", "mul", 0, true, "", "torch/nn/functional.py:4624"),
          new TracedSizes("F.embedding_bag", "numel", 1, "", "torch/nn/functional.py:2707"),
          new TracedSizes(
              "torchvision.models.vision_transformer.VisionTransformer",
              "mul",
              1,
              "aten.reshape",
              "torchvision/models/vision_transformer.py:279"),
          new TracedSizes(SWIN, "rsub", 2, "aten.pad", SWIN_FILE + "152"),
          new TracedSizes(SWIN, "mul", 2, "aten.reshape", SWIN_FILE + "170, 172"),
          new TracedSizes(SWIN, "pow", 1, "aten.mul", SWIN_FILE + "188"),
          new TracedSizes(SWIN + "V2", "rsub", 2, "aten.pad", SWIN_FILE + "152"),
          new TracedSizes(SWIN + "V2", "numel", 1, "aten.zero_", SWIN_FILE + "177"),
          new TracedSizes(SWIN + "V2", "mul", 3, "aten.reshape", SWIN_FILE + "170, 172, 178"),
          new TracedSizes(
              "torchvision.models.maxvit.WindowPartition",
              "mul",
              1,
              "",
              "torchvision/models/maxvit.py:248"),
          new TracedSizes(
              "torchvision.models.video.mvit.Pool",
              "mul",
              1,
              "aten.reshape",
              "torchvision/models/video/mvit.py:89"),
          new TracedSizes(
              "torchvision.models.video.mvit.MultiscaleAttention",
              "mul",
              0,
              true,
              "aten.einsum",
              "torchvision/models/video/mvit.py:164, 175"),
          new TracedSizes(
              "torchvision.models.video.swin_transformer.ShiftedWindowAttention3d",
              "mul",
              0,
              true,
              "aten.reshape",
              "torchvision/models/video/swin_transformer.py:45, 78, 96, 157, 171"),
          new TracedSizes(
              "torchvision.models.video.swin_transformer.PatchEmbed3d",
              "rsub",
              3,
              "aten.pad",
              "torchvision/models/video/swin_transformer.py:64"));

  TracedSizes(String seen, String operator, int times, String before, String source) {
    this(seen, operator, times, false, before, source);
  }

  /** How often, for one call. */
  public long times(Call call) {
    return asked ? times + call.attribute(Attribute.SIZE_PRODUCTS) : times;
  }

  /** The same as rules write it. */
  public String formula() {
    String symbol = Attribute.SIZE_PRODUCTS.symbol();
    return !asked ? String.valueOf(times) : times == 0 ? symbol : times + " + " + symbol;
  }
}
