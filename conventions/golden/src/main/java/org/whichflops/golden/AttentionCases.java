package org.whichflops.golden;

import static org.whichflops.engine.tensor.Attention.scaledDotProduct;
import static org.whichflops.golden.LayerCase.function;
import static org.whichflops.golden.LayerCase.layer;
import static org.whichflops.golden.LayerCase.zeros;

import java.util.List;
import java.util.function.Supplier;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.MultiheadAttention;
import org.whichflops.engine.nn.TransformerEncoderLayer;
import org.whichflops.engine.tensor.Tensor;

/**
 * Attention, with and without gradients.
 *
 * <p>The wrapper returns {@code m(...)[0]} and not the tuple: fvcore lists every operator of the
 * traced graph, and the mean over heads, which only the second result needs, is not among them.
 * With one tensor for queries, keys and values the projection is one product taken apart (fvcore:
 * {@code aten::unflatten}). In the cross attentions nothing is taken apart, so keys and values are
 * two tensors, not one given twice.
 */
final class AttentionCases {
  private static final String BATCH_FIRST = "2x7x16";
  private static final String LENGTH_FIRST = "7x2x16";
  private static final String HEADS = "2x4x7x8";

  private AttentionCases() {}

  private static MultiheadAttention mha() {
    return new MultiheadAttention(16, 4);
  }

  private static LayerCase self(String name, String input, Supplier<Module> attention) {
    return layer(name, input, attention, (m, x) -> first(m.call(x, x, x)));
  }

  private static LayerCase cross(String name, int width, Supplier<Module> attention) {
    return layer(
        name,
        BATCH_FIRST,
        attention,
        (m, x) -> first(m.call(x, zeros(x, 2, 9, width), zeros(x, 2, 9, width))));
  }

  private static Tensor[] first(Tensor[] results) {
    return new Tensor[] {results[0]};
  }

  static List<LayerCase> all() {
    return List.of(
        self("mha_batchfirst_nograd_fastpath", BATCH_FIRST, () -> mha().batchFirst()),
        self("mha_seqfirst_nograd_fastpath", LENGTH_FIRST, () -> mha()),
        self("mha_seqfirst_noweights_nograd_fastpath", LENGTH_FIRST, () -> mha().withoutWeights()),
        self("mha_nobias_nograd_fastpath", BATCH_FIRST, () -> mha().noBias().batchFirst()),
        cross("mha_cross_samedim_nograd_fastpath", 16, () -> mha().batchFirst()),
        // FlopCounterMode and torchprofile put no hooks on modules and count 0: to them the whole
        // layer is one fused operator. To all others it runs step by step, as it does here.
        layer(
            "encoderlayer_nograd_fastpath",
            BATCH_FIRST,
            () -> TransformerEncoderLayer.batchFirst(16, 4, 32)),
        self(
            "mha_batchfirst_noweights_grad",
            BATCH_FIRST,
            () -> mha().withoutWeights().batchFirst()),
        self("mha_seqfirst_grad", LENGTH_FIRST, () -> mha()),
        self("mha_seqfirst_noweights_grad", LENGTH_FIRST, () -> mha().withoutWeights()),
        self("mha_nobias_grad", BATCH_FIRST, () -> mha().noBias().batchFirst()),
        cross("mha_cross_samedim_grad", 16, () -> mha().batchFirst()),
        // Keys and values have projections of their own here, so one tensor or two is the same to
        // every tool; two, as in the other cross attention.
        cross("mha_cross_kdim_grad", 12, () -> mha().keysAndValues(12, 12).batchFirst()),
        function("F_sdpa_nograd_fastpath", HEADS, x -> scaledDotProduct(x, x, x, false)),
        function("F_sdpa_mask_nograd_fastpath", HEADS, x -> scaledDotProduct(x, x, x, true)),
        function("F_sdpa_causal_nograd_fastpath", HEADS, x -> scaledDotProduct(x, x, x, false)),
        function("F_sdpa_grad", HEADS, x -> scaledDotProduct(x, x, x, false)),
        function("F_sdpa_causal_grad", HEADS, x -> scaledDotProduct(x, x, x, false)));
  }
}
