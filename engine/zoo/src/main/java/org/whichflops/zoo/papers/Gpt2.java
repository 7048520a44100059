package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Embedding.embedding;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * GPT-2, "Language Models are Unsupervised Multitask Learners" (Radford et al. 2019, table 2);
 * follows HuggingFace transformers 5.18, models/gpt2/modeling_gpt2.py, {@code GPT2LMHeadModel}
 * without a cache.
 *
 * <p>Its linear layers are modules of their own, {@code Conv1D}, which call {@code torch.addmm}: a
 * tool that counts {@code nn.Linear} sees the last layer only, whose weight is the embedding. The
 * paper's 117M and 345M are too low; OpenAI corrected them to 124M and 355M. Functions that look
 * for packed sequences in the positions, to make a mask of them, are left out.
 */
public final class Gpt2 extends Module {
  private static final String MODULE = "transformers.models.gpt2.modeling_gpt2.";

  private static final int VOCABULARY = 50257;
  private static final int POSITIONS = 1024;

  /** The width of a head, the same in every network. */
  private static final int HEAD = 64;

  private static final Option<Integer> SEQ_LEN = TokenIds.option(POSITIONS);

  /** Table 2 of the paper: layers and width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          gpt2("gpt2", 12, 768),
          gpt2("gpt2_medium", 24, 1024),
          gpt2("gpt2_large", 36, 1280),
          gpt2("gpt2_xl", 48, 1600));

  private static Architecture gpt2(String name, int layers, int width) {
    return Architecture.named(
            name,
            "GPT-2",
            "Radford et al. 2019, table 2; HuggingFace transformers 5.18",
            InputSize.fixed(1, POSITIONS))
        .input(TokenIds.input(SEQ_LEN))
        .options(SEQ_LEN)
        .remark("takes token ids, at most 1024; the causal mask is a flag of the attention")
        .builtBy(
            settings ->
                new Gpt2(layers, width, HEAD, TokenIds.checked(settings.get(SEQ_LEN), POSITIONS)));
  }

  private final Transformer transformer;
  private final Linear lmHead;

  /** A network of these modules, for GPT-3. */
  Gpt2(int layers, int width, int head, int positions) {
    super(ModuleType.of(MODULE + "GPT2LMHeadModel"));
    transformer = child("transformer", new Transformer(layers, width, head, positions));
    Parameter table = transformer.wte.table();
    lmHead = child("lm_head", new Linear(width, VOCABULARY).noBias().tiedTo(table));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = transformer.call(x);
    return lmHead.call(y.get(Index.ALL, Index.ALL, Index.ALL));
  }

  /** {@code GPT2Model}: embeddings, blocks, and a last normalization. */
  private static final class Transformer extends Module {
    private final int positions;
    private final Embedding wte;
    private final Embedding wpe;
    private final Dropout drop;
    private final ModuleList h;
    private final LayerNorm lnF;

    Transformer(int layers, int width, int head, int positions) {
      super(ModuleType.of(MODULE + "GPT2Model"));
      this.positions = positions;
      wte = child("wte", embedding(VOCABULARY, width));
      wpe = child("wpe", embedding(positions, width));
      drop = child("drop", Dropout.dropout());
      List<Module> blocks = new ArrayList<>();
      for (int i = 0; i < layers; i++) {
        blocks.add(new Block(width, head));
      }
      h = child("h", new ModuleList(blocks));
      lnF = child("ln_f", new LayerNorm(width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      TokenIds.expect(x, positions);
      long length = x.size(1);
      Tensor y = wte.call(x.view(-1, length));
      Tensor places = Torch.arange(y, length).plus(0).unsqueeze(0);
      y = y.plus(wpe.call(places).to());
      y = drop.call(y);
      for (Module block : h.modules()) {
        y = block.call(y);
      }
      y = lnF.call(y);
      return y.view(-1, length, y.size(2));
    }
  }

  /** Attention and MLP, each normalized before and added to its input. */
  private static final class Block extends Module {
    private final LayerNorm ln1;
    private final SelfAttention attn;
    private final LayerNorm ln2;
    private final Mlp mlp;

    Block(int width, int head) {
      super(ModuleType.of(MODULE + "GPT2Block"));
      ln1 = child("ln_1", new LayerNorm(width));
      attn = child("attn", new SelfAttention(width, head));
      ln2 = child("ln_2", new LayerNorm(width));
      mlp = child("mlp", new Mlp(width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = attn.call(ln1.call(x)).plus(x);
      return y.plus(mlp.call(ln2.call(y)));
    }
  }

  /** Causal attention; the dropout of weights is an argument of the attention function. */
  private static final class SelfAttention extends Module {
    private final int head;
    private final Conv1d cAttn;
    private final Conv1d cProj;
    private final Dropout residDropout;

    SelfAttention(int width, int head) {
      super(ModuleType.of(MODULE + "GPT2Attention"));
      this.head = head;
      cAttn = child("c_attn", new Conv1d(width, 3 * width));
      cProj = child("c_proj", new Conv1d(width, width));
      child("attn_dropout", Dropout.dropout());
      residDropout = child("resid_dropout", Dropout.dropout());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] parts = cAttn.call(x).split(x.size(2), 2);
      Tensor k = SdpaAttention.split(parts[1], head);
      Tensor v = SdpaAttention.split(parts[2], head);
      Tensor q = SdpaAttention.split(parts[0], head);
      return residDropout.call(cProj.call(SdpaAttention.joined(q, k, v)));
    }
  }

  private static final class Mlp extends Module {
    private final Conv1d cFc;
    private final Conv1d cProj;
    private final NewGelu act;
    private final Dropout dropout;

    Mlp(int width) {
      super(ModuleType.of(MODULE + "GPT2MLP"));
      cFc = child("c_fc", new Conv1d(width, 4 * width));
      cProj = child("c_proj", new Conv1d(4 * width, width));
      act = child("act", new NewGelu());
      dropout = child("dropout", Dropout.dropout());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return dropout.call(cProj.call(act.call(cFc.call(x))));
    }
  }

  /** {@code Conv1D}: a linear layer whose weight lies the other way round. */
  private static final class Conv1d extends Module {
    private static final ModuleType TYPE = ModuleType.of("transformers.pytorch_utils.Conv1D");

    private final int out;
    private final Parameter weight;
    private final Parameter bias;

    Conv1d(int in, int out) {
      super(TYPE);
      this.out = out;
      weight = parameter("weight", in, out);
      bias = parameter("bias", out);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor rows = x.view(-1, x.size(-1));
      Tensor y = Torch.addmm(bias.on(x), rows, weight.on(x));
      return y.view(x.size(0), x.size(1), out);
    }
  }

  /** {@code NewGELUActivation}: the approximation by a hyperbolic tangent, step by step. */
  private static final class NewGelu extends Module {
    private static final ModuleType TYPE =
        ModuleType.of("transformers.activations.NewGELUActivation");

    NewGelu() {
      super(TYPE);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor half = x.timesFromLeft(0.5);
      Tensor cubic = x.plus(Torch.pow(x, 3).timesFromLeft(0.044715));
      Tensor tanh = Torch.tanh(cubic.timesFromLeft(Math.sqrt(2 / Math.PI)));
      return half.times(tanh.plusFromLeft(1));
    }
  }
}
