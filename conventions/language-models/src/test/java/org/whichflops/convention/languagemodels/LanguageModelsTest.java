package org.whichflops.convention.languagemodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.zoo.Zoo;

class LanguageModelsTest {
  private static final Conventions ALL = Conventions.of(List.of(new LanguageModelFamily()));

  private static long total(String id, String model) {
    Convention convention = ALL.find(id);
    Network network = Zoo.build(model);
    return convention.counter(network).total(network.forward(convention.mode()));
  }

  /** Standard networks have d_attn = d_ff / 4 = d_model, so N = 12 n_layer d_model². */
  @ParameterizedTest
  @CsvSource({"gpt2, 12, 768", "gpt2_medium, 24, 1024", "gpt2_xl, 48, 1600"})
  void kaplan_isTheFormulaOfItsTable(String model, long layers, long width) {
    long tokens = 1024;
    long n = 12 * layers * width * width;
    long context = 2 * layers * tokens * width;
    assertThat(total("kaplan(per=token)", model)).isEqualTo(2 * n + context);
    assertThat(total("kaplan", model)).isEqualTo(tokens * (2 * n + context));
    assertThat(total("kaplan(context=false,per=token)", model)).isEqualTo(2 * n);
    assertThat(total("kaplan(context=false,per=token,training=true)", model)).isEqualTo(6 * n);
  }

  /** N as published: 124,439,808 for GPT-2, 6,738,415,616 for Llama 2 7B. */
  @ParameterizedTest
  @CsvSource({
    "gpt2, 124439808, 12, 12, 64, 1024",
    "bert_base, 109482240, 12, 12, 64, 128",
    // Attention's products alone: positions are turned by products too, which are not counted.
    "llama2_7b, 6738415616, 32, 32, 128, 4096"
  })
  void palm_isSixNAndTwelveLHQT(
      String model, long n, long layers, long heads, long width, long tokens) {
    long attention = 12 * layers * heads * width * tokens;
    assertThat(total("palm(per=token)", model)).isEqualTo(6 * n + attention);
    assertThat(total("palm", model)).isEqualTo(tokens * (6 * n + attention));
    assertThat(total("palm(attention=causal,per=token)", model)).isEqualTo(6 * n + attention / 2);
    assertThat(total("palm(per=token,training=false)", model)).isEqualTo(2 * n + attention / 3);
  }

  @Test
  void palm_withoutEmbeddings_leavesOutTheirTables() {
    long tables = (50257 + 1024) * 768L;
    assertThat(
            total("palm(per=token)", "gpt2") - total("palm(embeddings=excluded,per=token)", "gpt2"))
        .isEqualTo(6 * tables);
  }

  @Test
  void lines_addUpToTheTotal_withWhatIsNoCalls() {
    Convention palm = ALL.find("palm");
    Network network = Zoo.build("gpt2");
    ForwardPass pass = network.forward(palm.mode());
    Tally tally = palm.counter(network).tally(pass);
    assertThat(tally.lines()).hasSize(12);
    assertThat(tally.adjustments())
        .singleElement()
        .satisfies(a -> assertThat(a.amount()).isEqualTo(6 * 124_439_808L * 1024));
  }

  @ParameterizedTest
  @CsvSource({"kaplan", "palm"})
  void networkWithoutTokens_isRefused(String id) {
    Convention convention = ALL.find(id);
    Network network = Zoo.build("resnet18");
    Counter counter = convention.counter(network);
    ForwardPass pass = network.forward(convention.mode());
    assertThatThrownBy(() -> counter.total(pass))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("it is for Transformers over tokens, and resnet18 has no nn.Embedding");
  }
}
