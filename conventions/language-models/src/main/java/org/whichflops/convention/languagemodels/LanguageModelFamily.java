package org.whichflops.convention.languagemodels;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/**
 * Rules of thumb for Transformers over tokens: {@code kaplan}, 2 N a token and a term for the
 * context, and {@code palm}, 6 N + 12 L H Q T a token of training.
 */
public final class LanguageModelFamily implements ConventionFamily {
  private static final String ATTENTION_CALL = "F.scaled_dot_product_attention";

  @Override
  public boolean mayHave(String id) {
    return id.equals("kaplan") || id.equals("palm");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(kaplan(), palm());
  }

  @Override
  public int position() {
    return 201;
  }

  private static TableConvention kaplan() {
    return TableConvention.of(
            new About(
                "kaplan",
                About.FORMULA,
                "",
                "FLOPs",
                "2 N + 2 n_layer n_ctx d_attn a token, forward: N are the weights of linear layers "
                    + "without embeddings and the layer back to the vocabulary",
                "Kaplan et al. 2020 (arXiv 2001.08361), section 2.1 and table 1"),
            Mode.DECOMPOSED,
            () -> kaplanRules(Map.of()),
            (network, rules) -> new KaplanCounter(network, rules, false))
        .option(
            new Choice(
                "context",
                "true|false",
                "whether the term with n_ctx counts, which the paper drops for short contexts",
                (convention, value) -> kaplan(convention, "context", value)))
        .option(
            new Choice(
                "training",
                "false|true",
                "whether the backward pass counts, twice the forward one: 6 N a token",
                (convention, value) -> kaplan(convention, "training", value)))
        .option(
            new Choice(
                "per",
                "pass|token",
                "whether the count is that of all tokens or of one",
                (convention, value) -> kaplan(convention, "per", value)));
  }

  private static TableConvention kaplan(TableConvention convention, String option, String value) {
    Map<String, String> given = with(convention, option, value);
    boolean perToken = "token".equals(given.get("per"));
    return convention
        .rules(() -> kaplanRules(given))
        .counting((network, rules) -> new KaplanCounter(network, rules, perToken));
  }

  private static RuleTable kaplanRules(Map<String, String> given) {
    int passes = "true".equals(given.get("training")) ? 3 : 1;
    String each = 2 * passes + " * ";
    String half = passes == 1 ? "" : passes + " * ";
    boolean context = !"false".equals(given.get("context"));
    return RuleTable.of(
        sees("aten.addmm")
            .counts(MULTIPLY_ACCUMULATE, each + "numel(x2) * x3[-1]")
            .note("2 a weight and token; biases are left out")
            .source("table 1: QKV, Project, Feedforward"),
        sees("aten.mm")
            .counts(MULTIPLY_ACCUMULATE, each + "numel(x) * x2[-1]")
            .note("the same without bias")
            .source("table 1"),
        sees(ATTENTION_CALL)
            .counts(ATTENTION, context ? each + "numel(x) * x2[-2]" : "0")
            .note(
                "2 n_ctx d_attn a token and layer: half of both dense products, as a causal mask "
                    + "leaves")
            .source("table 1: Mask"),
        sees("torch.bmm", "torch.matmul")
            .counts(ATTENTION, context ? half + "numel(y) * x[-1]" : "0")
            .note("attention that is written out: one for each of its two products"),
        sees("torch.baddbmm")
            .counts(ATTENTION, context ? half + "numel(y) * x2[-1]" : "0")
            .note("the scores, where a mask is added"),
        sees(KaplanCounter.HEAD)
            .countsNothing()
            .note("de-embedding: a linear layer shaped as the table of embeddings")
            .source("section 2.1: N excludes all vocabulary and positional embeddings"));
  }

  private static TableConvention palm() {
    return TableConvention.of(
            new About(
                "palm",
                About.FORMULA,
                "",
                "FLOPs",
                "6 N + 12 L H Q T a token of training: N are all parameters, L layers, H heads of "
                    + "width Q, T tokens in a sequence; what model FLOPs utilization is made of",
                "Chowdhery et al. 2022 (arXiv 2204.02311), appendix B"),
            Mode.DECOMPOSED,
            () -> palmRules(Map.of()),
            (network, rules) -> new PalmCounter(network, rules, Map.of()))
        .option(
            new Choice(
                "attention",
                "full|causal",
                "whether all of the attention counts or the half that a causal mask leaves",
                (convention, value) -> palm(convention, "attention", value)))
        .option(
            new Choice(
                "embeddings",
                "included|excluded",
                "whether N has the tables of embeddings",
                (convention, value) -> palm(convention, "embeddings", value)))
        .option(
            new Choice(
                "training",
                "true|false",
                "whether the backward pass counts; without it 2 N + 4 L H Q T",
                (convention, value) -> palm(convention, "training", value)))
        .option(
            new Choice(
                "per",
                "pass|token",
                "whether the count is that of all tokens or of one: times tokens a second and "
                    + "divided by the peak, one token's is the model FLOPs utilization",
                (convention, value) -> palm(convention, "per", value)));
  }

  private static TableConvention palm(TableConvention convention, String option, String value) {
    Map<String, String> given = with(convention, option, value);
    return convention
        .rules(() -> palmRules(given))
        .counting((network, rules) -> new PalmCounter(network, rules, given));
  }

  private static RuleTable palmRules(Map<String, String> given) {
    int each = "false".equals(given.get("training")) ? 2 : 6;
    each /= "causal".equals(given.get("attention")) ? 2 : 1;
    String one = each == 1 ? "" : each + " * ";
    return RuleTable.of(
        sees(ATTENTION_CALL)
            .counts(ATTENTION, 2 * each + " * numel(x) * x2[-2]")
            .note("12 H Q T a token and layer")
            .source("appendix B"),
        sees("torch.bmm", "torch.matmul")
            .counts(ATTENTION, one + "numel(y) * x[-1]")
            .note("attention that is written out: 6 for each of its two products"),
        sees("torch.baddbmm")
            .counts(ATTENTION, one + "numel(y) * x2[-1]")
            .note("the scores, where a mask is added"));
  }

  private static Map<String, String> with(TableConvention convention, String option, String value) {
    Map<String, String> all = new TreeMap<>(convention.given());
    all.put(option, value);
    return all;
  }
}
