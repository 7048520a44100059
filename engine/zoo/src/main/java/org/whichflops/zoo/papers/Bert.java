package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Embedding.embedding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
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

/**
 * BERT, "Pre-training of Deep Bidirectional Transformers" (Devlin et al., arXiv 1810.04805, section
 * 3); follows HuggingFace transformers 5.18, models/bert/modeling_bert.py, {@code BertModel} with
 * the uncased vocabulary, token ids alone given.
 */
public final class Bert extends Module {
  private static final String MODULE = "transformers.models.bert.modeling_bert.";
  private static final ModuleType GELU = ModuleType.of("transformers.activations.GELUActivation");

  private static final int VOCABULARY = 30522;
  private static final int POSITIONS = 512;

  private static final Option<Integer> SEQ_LEN = TokenIds.option(128);
  private static final Option<Boolean> POOLER =
      Option.flag("add_pooling_layer", true, "a layer over the first token at the end");

  /** Section 3 of the paper: layers L, hidden size H and heads A. */
  private record Size(int layers, int width, int heads) {}

  /** The paper's two sizes, and one of Turc et al. 2019, arXiv 1908.08962, table 1. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          bert("bert_base", new Size(12, 768, 12)),
          bert("bert_large", new Size(24, 1024, 16)),
          bert("bert_small", new Size(4, 512, 8)));

  private static Architecture bert(String name, Size size) {
    return Architecture.named(
            name,
            "BERT",
            "Devlin et al. 2018, arXiv 1810.04805, section 3; HuggingFace transformers 5.18",
            InputSize.fixed(1, 128))
        .input(TokenIds.input(SEQ_LEN))
        .options(SEQ_LEN, POOLER)
        .remark("takes token ids, at most 512")
        .builtBy(
            settings ->
                new Bert(
                    size,
                    TokenIds.checked(settings.get(SEQ_LEN), POSITIONS),
                    settings.get(POOLER)));
  }

  private final Embeddings embeddings;
  private final Encoder encoder;
  private final @Nullable Pooler pooler;

  private Bert(Size size, int positions, boolean pooled) {
    super(ModuleType.of(MODULE + "BertModel"));
    embeddings = child("embeddings", new Embeddings(positions, size.width()));
    encoder = child("encoder", new Encoder(size));
    pooler = pooled ? child("pooler", new Pooler(size.width())) : null;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = encoder.call(embeddings.call(x));
    return pooler == null ? y : pooler.call(y);
  }

  /** Tokens, segments and positions. Without segments given, all are of the first. */
  private static final class Embeddings extends Module {
    private final Parameter positionIds;
    private final Parameter tokenTypeIds;
    private final Embedding words;
    private final Embedding positions;
    private final Embedding tokenTypes;
    private final LayerNorm norm;
    private final Dropout dropout;

    Embeddings(int count, int width) {
      super(ModuleType.of(MODULE + "BertEmbeddings"));
      positionIds = buffer("position_ids", 1, count);
      tokenTypeIds = buffer("token_type_ids", 1, count);
      words = child("word_embeddings", embedding(VOCABULARY, width));
      positions = child("position_embeddings", embedding(count, width));
      tokenTypes = child("token_type_embeddings", embedding(2, width));
      norm = child("LayerNorm", new LayerNorm(width));
      dropout = child("dropout", Dropout.dropout());
    }

    @Override
    protected Tensor forward(Tensor x) {
      TokenIds.expect(x, positionIds.size(1));
      Tensor place = positionIds.on(x).get(Index.ALL, Index.range(0, x.size(1)));
      Tensor segment = tokenTypeIds.on(x).expand(1, -1);
      segment = Torch.gather(segment, place).expand(x.size(0), x.size(1));
      Tensor y = words.call(x).plus(tokenTypes.call(segment));
      y = y.plus(positions.call(place));
      return dropout.call(norm.call(y));
    }
  }

  private static final class Encoder extends Module {
    private final ModuleList layer;

    Encoder(Size size) {
      super(ModuleType.of(MODULE + "BertEncoder"));
      List<Module> layers = new ArrayList<>();
      for (int i = 0; i < size.layers(); i++) {
        layers.add(new Layer(size));
      }
      layer = child("layer", new ModuleList(layers));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x;
      for (Module each : layer.modules()) {
        y = each.call(y);
      }
      return y;
    }
  }

  /** Attention, then two linear layers, each added to its input and normalized. */
  private static final class Layer extends Module {
    private final SelfAttention attention;
    private final Intermediate intermediate;
    private final Output output;

    Layer(Size size) {
      super(ModuleType.of(MODULE + "BertLayer"));
      int width = size.width();
      attention = child("attention", new SelfAttention(size));
      intermediate = child("intermediate", new Intermediate(width));
      output = child("output", new Output("BertOutput", 4 * width, width));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = attention.call(x);
      return output.call(intermediate.call(y), y)[0];
    }
  }

  /** {@code BertAttention}: the heads, and what comes after them. */
  private static final class SelfAttention extends Module {
    private final Heads heads;
    private final Output output;

    SelfAttention(Size size) {
      super(ModuleType.of(MODULE + "BertAttention"));
      heads = child("self", new Heads(size));
      output = child("output", new Output("BertSelfOutput", size.width(), size.width()));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return output.call(heads.call(x), x)[0];
    }
  }

  /** {@code BertSelfAttention}. The dropout of weights is an argument of the attention function. */
  private static final class Heads extends Module {
    private final int width;
    private final Linear query;
    private final Linear key;
    private final Linear value;

    Heads(Size size) {
      super(ModuleType.of(MODULE + "BertSelfAttention"));
      width = size.width() / size.heads();
      query = child("query", new Linear(size.width(), size.width()));
      key = child("key", new Linear(size.width(), size.width()));
      value = child("value", new Linear(size.width(), size.width()));
      child("dropout", Dropout.dropout());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor q = SdpaAttention.split(query.call(x), width);
      Tensor k = SdpaAttention.split(key.call(x), width);
      Tensor v = SdpaAttention.split(value.call(x), width);
      return SdpaAttention.joined(q, k, v);
    }
  }

  private static final class Intermediate extends Module {
    private final Linear dense;
    private final Gelu activation;

    Intermediate(int width) {
      super(ModuleType.of(MODULE + "BertIntermediate"));
      dense = child("dense", new Linear(width, 4 * width));
      activation = child("intermediate_act_fn", new Gelu());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return activation.call(dense.call(x));
    }
  }

  private static final class Gelu extends Module {
    Gelu() {
      super(GELU);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return Activations.GELU.of(x);
    }
  }

  /** {@code BertSelfOutput} and {@code BertOutput}: added to the input given second. */
  private static final class Output extends Module {
    private final Linear dense;
    private final LayerNorm norm;
    private final Dropout dropout;

    Output(String name, int in, int width) {
      super(ModuleType.of(MODULE + name));
      dense = child("dense", new Linear(in, width));
      norm = child("LayerNorm", new LayerNorm(width));
      dropout = child("dropout", Dropout.dropout());
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor y = dropout.call(dense.call(inputs[0]));
      return new Tensor[] {norm.call(y.plus(inputs[1]))};
    }
  }

  /** A linear layer over the first token. */
  private static final class Pooler extends Module {
    private final Linear dense;
    private final Activation activation;

    Pooler(int width) {
      super(ModuleType.of(MODULE + "BertPooler"));
      dense = child("dense", new Linear(width, width));
      activation = child("activation", Activation.tanh());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return activation.call(dense.call(x.get(1, 0)));
    }
  }
}
