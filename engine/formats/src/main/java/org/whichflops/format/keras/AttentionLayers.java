package org.whichflops.format.keras;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** Attention: {@code MultiHeadAttention}, {@code GroupQueryAttention}, {@code Attention}. */
final class AttentionLayers {
  private AttentionLayers() {}

  /** Query, value and key; the key is the value where none is given. */
  private static Tensor[] operands(KerasModule layer, Tensor[] inputs) {
    if (inputs.length < 2 || inputs.length > 3) {
      throw layer.refuses("query, value and perhaps key", inputs);
    }
    return new Tensor[] {inputs[0], inputs[1], inputs.length == 3 ? inputs[2] : inputs[1]};
  }

  /**
   * {@code MultiHeadAttention} and {@code GroupQueryAttention}, whose keys and values have fewer
   * heads.
   */
  static final class MultiHead extends KerasModule {
    private final boolean grouped;
    private final int heads;
    private final int sharedHeads;
    private final int keyWidth;
    private final int valueWidth;
    private final boolean biased;
    private final boolean gated;
    private @Nullable Projection query;
    private @Nullable Projection key;
    private @Nullable Projection value;
    private @Nullable Projection gate;
    private @Nullable Projection output;

    MultiHead(LayerSpec spec) {
      super(spec);
      grouped = spec.className().startsWith("Group");
      heads = config().at(grouped ? "num_query_heads" : "num_heads").whole(1);
      sharedHeads = grouped ? config().at("num_key_value_heads").whole(1) : heads;
      keyWidth = config().at(grouped ? "head_dim" : "key_dim").whole(1);
      valueWidth = grouped ? keyWidth : config().whole("value_dim", 1, keyWidth);
      biased = config().flag("use_bias", true);
      gated = config().flag("use_gate", false);
      if (heads % sharedHeads != 0) {
        throw config()
            .error("%d key heads do not divide %d query heads".formatted(sharedHeads, heads));
      }
    }

    @Override
    void build(Tensor[] inputs) {
      Tensor[] all = operands(this, inputs);
      for (Tensor x : all) {
        if (x.rank() != 3) {
          throw refuses("[batch, positions, features] each", all);
        }
      }
      query = projection("query", all[0].size(2), heads, keyWidth);
      key = projection("key", all[2].size(2), sharedHeads, keyWidth);
      value = projection("value", all[1].size(2), sharedHeads, valueWidth);
      gate = gated ? projection("gate", all[0].size(2), heads, valueWidth) : null;
      Json shape = config().get("output_shape");
      long out = all[0].size(2);
      if (shape != null) {
        Json only = shape.isArray() && shape.items().size() == 1 ? shape.items().get(0) : shape;
        out = only.whole(1);
      }
      output =
          child(
              "attention_output",
              new Projection(
                  spec().part("EinsumDense", "attention_output"), heads, valueWidth, out, biased));
    }

    private Projection projection(String name, long in, int heads, int width) {
      return child(
          name, new Projection(spec().part("EinsumDense", name), in, heads, width, biased));
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor[] all = operands(this, inputs);
      Tensor q = call(query, all[0]);
      Tensor k = call(key, all[2]);
      Tensor v = call(value, all[1]);
      if (grouped) {
        Tf.scalar("Mul", q); // keras.ops.repeat multiplies one size for keys and for values
        Tf.scalar("Mul", q);
        k = heads == sharedHeads ? k : Torch.repeatInterleave(k, heads / sharedHeads, 2);
        v = heads == sharedHeads ? v : Torch.repeatInterleave(v, heads / sharedHeads, 2);
      }
      Tensor mixed =
          Attention.scaledDotProduct(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), false)
              .transpose(1, 2);
      nodes(mixed, q, k, v);
      if (gate != null) {
        Tensor open = Torch.sigmoid(call(gate, all[0]));
        mixed = Tf.node("Mul", mixed.times(open), mixed, open);
      }
      return new Tensor[] {call(output, mixed)};
    }

    private static Tensor call(@Nullable Projection projection, Tensor x) {
      return Objects.requireNonNull(projection).call(new Tensor[] {x})[0];
    }

    /**
     * With dropout Keras spells attention out and makes products of it; without, it calls its fused
     * operation, whose two einsums TensorFlow keeps (keras/src/layers/attention,
     * keras/src/backend/tensorflow/nn.py).
     */
    private void nodes(Tensor y, Tensor q, Tensor k, Tensor v) {
      Json dropout = config().get("dropout");
      Tensor scores = Tf.tensor(q, q.size(0), heads, q.size(1), k.size(1));
      if (dropout != null && dropout.number() > 0) {
        Tensor scaled = Tf.node("Mul", Tf.tensor(q, q.shape().sizes()), q);
        EinsumNodes.add("aecd", "abcd", "acbe", scores, k, scaled);
        Tf.node("Softmax", scores, scores);
        EinsumNodes.add("acbe", "aecd", "abcd", y, scores, v);
      } else {
        Tf.node("Einsum", scores, q, k);
        Tf.node("Mul", scores, scores);
        Tf.node("Softmax", scores, scores);
        Tf.node("Einsum", y, scores, v);
      }
    }
  }

  /** A projection to heads, or from heads: an {@code EinsumDense} that the attention made. */
  static final class Projection extends KerasModule {
    private final Parameter kernel;
    private final @Nullable Parameter bias;
    private final boolean fromHeads;

    /** From features to heads of a width. */
    Projection(LayerSpec spec, long in, int heads, int width, boolean biased) {
      super(spec);
      fromHeads = false;
      kernel = weight("kernel", in, heads, width);
      bias = biased ? weight("bias", heads, width) : null;
    }

    /** From heads of a width to features. */
    Projection(LayerSpec spec, int heads, int width, long out, boolean biased) {
      super(spec);
      fromHeads = true;
      kernel = weight("kernel", heads, width, out);
      bias = biased ? weight("bias", out) : null;
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      String left = fromHeads ? "abcd" : "abc";
      String right = "cde";
      String result = fromHeads ? "abe" : "abde";
      Tensor y = Torch.einsum(left + "," + right + "->" + result, x, kernel.on(x));
      EinsumNodes.add(left, right, result, y, x, kernel);
      if (bias == null) {
        return new Tensor[] {y};
      }
      Tensor biased = y.plus(bias.on(x));
      return new Tensor[] {Tf.add(biased, y, bias)};
    }
  }

  /** {@code Attention} and {@code AdditiveAttention}: one head, no projections. */
  static final class Single extends KerasModule {
    private final boolean additive;
    private final boolean concat;
    private final boolean scaled;

    Single(LayerSpec spec) {
      super(spec);
      additive = spec.className().equals("AdditiveAttention");
      concat = additive || config().text("score_mode", "dot").equals("concat");
      scaled = config().flag("use_scale", additive);
    }

    @Override
    void build(Tensor[] inputs) {
      if (scaled && additive) {
        weight("scale", inputs[0].size(-1));
      } else if (scaled) {
        weight("scale");
      }
      if (concat && !additive) {
        weight("concat_score_weight");
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor[] all = operands(this, inputs);
      Tensor q = all[0];
      Tensor k = all[2];
      Tensor v = all[1];
      Tensor scores;
      if (concat) {
        Tensor sums = Torch.tanh(q.unsqueeze(-2).plus(k.unsqueeze(-3)));
        scores = (scaled ? sums.times(1) : sums).sum(-1);
        Tf.unknown(q);
      } else {
        Tensor turned = k.transpose(-2, -1);
        scores = Torch.matmul(q, turned);
        Tf.node("BatchMatMulV2", scores, q, turned);
        if (scaled) {
          Tensor product = scores.times(1);
          scores = Tf.node("Mul", product, scores);
        }
      }
      Tensor weights = F.softmax(scores, -1);
      Tf.node("Softmax", weights, scores);
      Tensor y = Torch.matmul(weights, v);
      return new Tensor[] {Tf.node("BatchMatMulV2", y, weights, v)};
    }
  }
}
