package org.whichflops.convention;

import java.util.BitSet;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.AlikeCalls;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * What a tool without hooks on modules does not see: {@code nn.TransformerEncoderLayer} runs as the
 * one operator {@code _transformer_encoder_layer_fwd} where gradients are off, unless a module in
 * it has a hook. A forward pass records it step by step; this hides the steps.
 *
 * <p>Source: torch 2.6.0, {@code torch/nn/modules/transformer.py}, {@code
 * TransformerEncoderLayer.forward}. It asks for what {@code nn.MultiheadAttention} asks for before
 * it takes its own fast path, so a layer whose attention was fused is fused.
 */
public final class FusedEncoderLayers {
  private static final String LAYER = "nn.TransformerEncoderLayer";
  private static final String FUSED_ATTENTION = "aten._native_multi_head_attention";

  private final BitSet hidden = new BitSet();

  private final ForwardPass pass;
  private final int structure;

  private FusedEncoderLayers(ForwardPass pass) {
    this.pass = pass;
    this.structure = pass.structure();
  }

  /** The layers fused in what a pass holds now. */
  public static FusedEncoderLayers of(ForwardPass pass) {
    FusedEncoderLayers layers = new FusedEncoderLayers(pass);
    for (AlikeCalls alike : pass.alike()) {
      if (alike.first().key().equals(FUSED_ATTENTION)) {
        for (int index : alike.indices()) {
          layers.hideLayersAround(pass.call(index));
        }
      }
    }
    return layers;
  }

  private void hideLayersAround(Call attention) {
    for (int i = attention.parent(); i >= 0; i = pass.call(i).parent()) {
      Call call = pass.call(i);
      if (call.callee() instanceof Module module && module.type().isA(LAYER)) {
        hidden.set(i + 1, call.end());
      }
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return hidden.isEmpty();
  }

  /** Whether a call is inside a layer that runs as one operator. */
  public boolean hides(Call call) {
    return hidden.get(call.index());
  }

  /** Whether this is still so for what a pass holds now. */
  public boolean isOf(ForwardPass other) {
    return pass == other && structure == other.structure();
  }
}
