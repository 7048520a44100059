package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Embedding.embedding;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.architecture.Settings;

/**
 * LLaMA, "Open and Efficient Foundation Language Models" (Touvron et al., arXiv 2302.13971, table
 * 2), Llama 2 (arXiv 2307.09288) and Llama 3 (arXiv 2407.21783), and decoders of any other size;
 * follows HuggingFace transformers 5.18, models/llama/modeling_llama.py, {@code LlamaForCausalLM}
 * without a cache.
 *
 * <p>The rotary embedding's product of frequencies and positions is a batched matrix product, too.
 * Where there are fewer heads of keys than of queries, the attention function repeats them itself.
 * Blocks are given cosines and sines as inputs here, by keyword there. Functions that look for
 * packed sequences in the positions, to make a mask of them, are left out.
 */
public final class Llama extends Module {
  private static final String MODULE = "transformers.models.llama.modeling_llama.";

  private static final Option<Integer> DIM = Option.count("dim", 4096, "width of the network");
  private static final Option<Integer> LAYERS = Option.layers("layers", 32, "number of blocks");
  private static final Option<Integer> HEADS = Option.count("heads", 32, "heads of queries");
  private static final Option<Integer> KV_HEADS =
      Option.count("kv_heads", 0, "heads of keys and values; as many as of queries unless given");
  private static final Option<Integer> FFN_DIM =
      Option.count(
          "ffn_dim", 0, "width between the MLP's layers; 8/3 dim, up to 256s, unless given");
  private static final Option<Integer> VOCAB = Option.count("vocab", 32000, "number of tokens");
  private static final Option<Integer> SEQ_LEN = TokenIds.option(2048);

  /** Table 2 of the first paper and its like in the later ones. */
  private record Size(int dim, int layers, int heads, int kvHeads, int ffnDim, int vocab) {
    Size {
      if (dim % heads != 0 || dim / heads % 2 != 0) {
        throw new IllegalArgumentException(
            "dim is an even number for each head, but dim=%d, heads=%d".formatted(dim, heads));
      }
      if (heads % kvHeads != 0) {
        throw new IllegalArgumentException(
            "heads are a multiple of kv_heads, but heads=%d, kv_heads=%d"
                .formatted(heads, kvHeads));
      }
    }

    /** As many heads of keys as of queries, and the first paper's width of the MLP. */
    static Size plain(int dim, int layers, int heads) {
      return new Size(dim, layers, heads, heads, ffnDim(dim), 32000);
    }

    static Size of(Settings settings) {
      int dim = settings.get(DIM);
      int heads = settings.get(HEADS);
      int kvHeads = settings.get(KV_HEADS);
      int ffnDim = settings.get(FFN_DIM);
      return new Size(
          dim,
          settings.get(LAYERS),
          heads,
          kvHeads == 0 ? heads : kvHeads,
          ffnDim == 0 ? ffnDim(dim) : ffnDim,
          settings.get(VOCAB));
    }

    private static int ffnDim(int dim) {
      long twoThirds = 2 * (4L * dim) / 3;
      return Math.toIntExact((twoThirds + 255) / 256 * 256);
    }

    int headDim() {
      return dim / heads;
    }
  }

  private static final String LLAMA = "Touvron et al. 2023, arXiv 2302.13971, table 2";
  private static final String LLAMA_2 = "Touvron et al. 2023, arXiv 2307.09288";
  private static final String LLAMA_3 = "Llama team 2024, arXiv 2407.21783, table 3";

  /** The published sizes, and any other. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          anySize(),
          llama("llama_7b", LLAMA, Size.plain(4096, 32, 32), 2048),
          llama("llama_13b", LLAMA, Size.plain(5120, 40, 40), 2048),
          llama("llama_33b", LLAMA, Size.plain(6656, 60, 52), 2048),
          llama("llama_65b", LLAMA, Size.plain(8192, 80, 64), 2048),
          llama("llama2_7b", LLAMA_2, Size.plain(4096, 32, 32), 4096),
          llama("llama2_13b", LLAMA_2, Size.plain(5120, 40, 40), 4096),
          llama("llama2_70b", LLAMA_2, new Size(8192, 80, 64, 8, 28672, 32000), 4096),
          llama("llama3_8b", LLAMA_3, new Size(4096, 32, 32, 8, 14336, 128256), 8192));

  private static Architecture anySize() {
    return named("llama", LLAMA, 2048)
        .input(TokenIds.input(SEQ_LEN))
        .options(DIM, LAYERS, HEADS, KV_HEADS, FFN_DIM, VOCAB, SEQ_LEN)
        .builtBy(settings -> new Llama(Size.of(settings)));
  }

  private static Architecture llama(String name, String paper, Size size, int context) {
    Option<Integer> length = TokenIds.option(context);
    return named(name, paper, context)
        .input(TokenIds.input(length))
        .options(length)
        .builtBy(settings -> new Llama(size));
  }

  private static Architecture named(String name, String paper, int context) {
    return Architecture.named(
            name, "LLaMA", paper + "; HuggingFace transformers 5.18", InputSize.fixed(1, context))
        .remark("takes token ids; the causal mask is a flag of the attention");
  }

  private final Decoder model;
  private final Linear lmHead;

  private Llama(Size size) {
    super(ModuleType.of(MODULE + "LlamaForCausalLM"));
    model = child("model", new Decoder(size));
    lmHead = child("lm_head", linear(size.dim(), size.vocab()));
  }

  private static Linear linear(int in, int out) {
    return new Linear(in, out).noBias();
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = model.call(x);
    return lmHead.call(y.get(Index.ALL, Index.ALL, Index.ALL));
  }

  /** {@code LlamaModel}: tokens, blocks that know positions, and a last normalization. */
  private static final class Decoder extends Module {
    private final Embedding embedTokens;
    private final ModuleList layers;
    private final LlamaRmsNorm norm;
    private final RotaryEmbedding rotary;

    Decoder(Size size) {
      super(ModuleType.of(MODULE + "LlamaModel"));
      embedTokens = child("embed_tokens", embedding(size.vocab(), size.dim()));
      List<Module> blocks = new ArrayList<>();
      for (int i = 0; i < size.layers(); i++) {
        blocks.add(new Block(size));
      }
      layers = child("layers", new ModuleList(blocks));
      norm = child("norm", new LlamaRmsNorm(size.dim()));
      rotary = child("rotary_emb", new RotaryEmbedding(size.headDim()));
    }

    @Override
    protected Tensor forward(Tensor x) {
      TokenIds.expect(x, Long.MAX_VALUE);
      Tensor y = embedTokens.call(x);
      Tensor places = Torch.arange(y, x.size(1)).plus(0).unsqueeze(0);
      Tensor[] angles = rotary.call(y, places);
      for (Module block : layers.modules()) {
        y = block.call(y, angles[0], angles[1])[0];
      }
      return norm.call(y);
    }
  }

  /** Cosines and sines of every position. */
  private static final class RotaryEmbedding extends Module {
    private final Parameter frequencies;

    RotaryEmbedding(int headDim) {
      super(ModuleType.of(MODULE + "LlamaRotaryEmbedding"));
      frequencies = buffer("inv_freq", headDim / 2);
      buffer("original_inv_freq", headDim / 2);
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor places = inputs[1];
      Tensor column = frequencies.on(places).get(Index.NEW, Index.ALL, Index.NEW);
      column = column.expand(places.size(0), -1, 1).to();
      Tensor row = places.get(Index.ALL, Index.NEW, Index.ALL).toFloat();
      Tensor angles = column.at(row).transpose(1, 2);
      Tensor all = Torch.cat(-1, angles, angles);
      Tensor cos = all.cos().times(1);
      Tensor sin = all.sin().times(1);
      return new Tensor[] {cos.to(), sin.to()};
    }
  }

  /** Attention and MLP, each normalized before and added to its input. */
  private static final class Block extends Module {
    private final SelfAttention selfAttn;
    private final Mlp mlp;
    private final LlamaRmsNorm inputNorm;
    private final LlamaRmsNorm postAttentionNorm;

    Block(Size size) {
      super(ModuleType.of(MODULE + "LlamaDecoderLayer"));
      selfAttn = child("self_attn", new SelfAttention(size));
      mlp = child("mlp", new Mlp(size.dim(), size.ffnDim()));
      inputNorm = child("input_layernorm", new LlamaRmsNorm(size.dim()));
      postAttentionNorm = child("post_attention_layernorm", new LlamaRmsNorm(size.dim()));
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor y = x.plus(selfAttn.call(inputNorm.call(x), inputs[1], inputs[2])[0]);
      return new Tensor[] {y.plus(mlp.call(postAttentionNorm.call(y)))};
    }
  }

  /** Attention over heads that are turned by their position. */
  private static final class SelfAttention extends Module {
    private final int headDim;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;

    SelfAttention(Size size) {
      super(ModuleType.of(MODULE + "LlamaAttention"));
      headDim = size.headDim();
      int keys = size.kvHeads() * headDim;
      query = child("q_proj", linear(size.dim(), size.dim()));
      key = child("k_proj", linear(size.dim(), keys));
      value = child("v_proj", linear(size.dim(), keys));
      output = child("o_proj", linear(size.dim(), size.dim()));
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor q = SdpaAttention.split(query.call(inputs[0]), headDim);
      Tensor k = SdpaAttention.split(key.call(inputs[0]), headDim);
      Tensor v = SdpaAttention.split(value.call(inputs[0]), headDim);
      Tensor cos = inputs[1].unsqueeze(1);
      Tensor sin = inputs[2].unsqueeze(1);
      q = turned(q, cos, sin);
      k = turned(k, cos, sin);
      return new Tensor[] {output.call(SdpaAttention.joined(q, k, v))};
    }

    private static Tensor turned(Tensor x, Tensor cos, Tensor sin) {
      Tensor kept = x.times(cos);
      long half = x.size(-1) / 2;
      Tensor first = x.get(Index.REST, Index.range(0, half));
      Tensor second = x.get(Index.REST, Index.from(half));
      return kept.plus(Torch.cat(-1, second.negated(), first).times(sin));
    }
  }

  /** A gated MLP, SwiGLU. */
  private static final class Mlp extends Module {
    private final Linear gate;
    private final Linear up;
    private final Linear down;
    private final Silu act;

    Mlp(int dim, int hidden) {
      super(ModuleType.of(MODULE + "LlamaMLP"));
      gate = child("gate_proj", linear(dim, hidden));
      up = child("up_proj", linear(dim, hidden));
      down = child("down_proj", linear(hidden, dim));
      act = child("act_fn", new Silu());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return down.call(act.call(gate.call(x)).times(up.call(x)));
    }
  }

  private static final class Silu extends Module {
    Silu() {
      super(ModuleType.of("transformers.activations.SiLUActivation"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return Activations.SILU.of(x);
    }
  }

  /** {@code LlamaRMSNorm}: a root mean square, step by step. */
  private static final class LlamaRmsNorm extends Module {
    private final Parameter weight;

    LlamaRmsNorm(int width) {
      super(ModuleType.of(MODULE + "LlamaRMSNorm"));
      weight = parameter("weight", width);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.to();
      Tensor variance = y.pow2().meanKeepingDims(-1);
      y = y.times(Torch.rsqrt(variance.plus(1e-6)));
      return weight.on(x).times(y.to());
    }
  }
}
