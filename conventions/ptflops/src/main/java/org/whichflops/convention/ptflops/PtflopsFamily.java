package org.whichflops.convention.ptflops;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Counter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/** ptflops, also called flops-counter.pytorch: its versions, and its backend for operators. */
public final class PtflopsFamily implements ConventionFamily {
  private static final String REPOSITORY = "github.com/sovrasov/flops-counter.pytorch, tag v";

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("ptflops");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        latest(), aten(), v074(), v0722(), v071(), v07(), v069(), v068(), v067(), v066(), v064(),
        v052(), v04());
  }

  @Override
  public List<SummaryStyle> styles() {
    return List.of(
        new PtflopsStyle(latest(), Look.V072),
        new AtenView(aten()),
        new PtflopsStyle(v074(), Look.V072),
        new PtflopsStyle(v0722(), Look.V072),
        new PtflopsStyle(v071(), Look.V07),
        new PtflopsStyle(v07(), Look.V07),
        new PtflopsStyle(v069(), Look.V069),
        new PtflopsStyle(v068(), Look.V068),
        new PtflopsStyle(v067(), Look.V066),
        new PtflopsStyle(v066(), Look.V066),
        new PtflopsStyle(v064(), Look.V06),
        new PtflopsStyle(v052(), Look.V05),
        new PtflopsStyle(v04(), Look.V04));
  }

  static TableConvention latest() {
    return withOptions(
        TableConvention.of(
            about(
                "ptflops",
                "0.7.5",
                "3c5c3e3",
                "modules by exact type, averaged over the batch, and patched functions, for "
                    + "the whole batch: multiply-accumulates with bias, 2 an element of a "
                    + "batch norm, ReLU and pooling twice"),
            Mode.CPU_GRAD,
            () -> Ptflops075Rules.MODULES.and(Ptflops075Rules.FUNCTIONS),
            PtflopsCounter::new),
        true);
  }

  private static TableConvention v074() {
    return withOptions(
        plain(
            "0.7.4",
            "e527001",
            "as 0.7.5, with transposed convolutions by their output",
            PtflopsVersions::v074,
            PtflopsCounter::new),
        true);
  }

  private static TableConvention v0722() {
    return withOptions(
        plain(
            "0.7.2.2",
            "7571bb6",
            "as 0.7.4, with F.interpolate by a size without batch and channels or by a factor to "
                + "the power of the batch",
            PtflopsVersions::v0722,
            Ptflops0722Counter::new),
        false);
  }

  private static TableConvention v071() {
    return version(
        "0.7.1",
        "2a85e5d",
        "as 0.7.2.2, with the bias of a linear layer once; fails where an input constructor "
            + "is needed and where a tensor's own mul, add or matmul is called",
        PtflopsVersions::v071,
        Ptflops071Counter::new);
  }

  private static TableConvention v07() {
    return version(
        "0.7",
        "13a7ef8",
        "modules by exact type and no functions, so ReLU once; layer norms for the first time",
        PtflopsVersions::v07,
        KeywordCounter::new);
  }

  private static TableConvention v069() {
    return version(
        "0.6.9",
        "f6797ec",
        "as 0.7 without layer norms: the count of many papers from 2021 to 2023",
        PtflopsVersions::v069,
        KeywordCounter::new);
  }

  private static TableConvention v068() {
    return version(
        "0.6.8",
        "8ea2c06",
        "as 0.6.9, which prints otherwise",
        PtflopsVersions::v069,
        KeywordCounter::new);
  }

  private static TableConvention v067() {
    return version(
        "0.6.7", "29621c8", "as 0.6.8 without GELU", PtflopsVersions::v067, KeywordCounter::new);
  }

  private static TableConvention v066() {
    return version(
        "0.6.6",
        "deaefe7",
        "as 0.6.7, with attention read sequence first whatever its batch_first says",
        PtflopsVersions::v066,
        KeywordCounter::new);
  }

  private static TableConvention v064() {
    return version(
        "0.6.4",
        "a8bb3c3",
        "as 0.6.6 without attention, instance and group norms; each module once",
        PtflopsVersions::v064,
        OncePerModuleCounter::new);
  }

  private static TableConvention v052() {
    return version(
        "0.5.2",
        "ae01bf9",
        "as 0.6.4 without recurrent layers and without the bias of linear layers; transposed "
            + "convolutions by their input",
        PtflopsVersions::v052,
        OncePerModuleCounter.OfTwoDimensions::new);
  }

  private static TableConvention v04() {
    return version(
        "0.4",
        "accc3ac",
        "as 0.5.2, with linear layers of two dimensions only",
        PtflopsVersions::v04,
        OncePerModuleCounter.OfTwoDimensions::new);
  }

  private static TableConvention aten() {
    return TableConvention.of(
            new About(
                "ptflops-aten",
                "ptflops",
                "0.7.5",
                "MACs",
                "operators as they run: matrix products and convolutions with their bias, nothing "
                    + "else; for the whole batch",
                REPOSITORY + "0.7.5 (commit 3c5c3e3), backend aten"),
            Mode.CPU_GRAD,
            () -> AtenRules.TABLE,
            AtenCounter::new)
        .modeAsOption();
  }

  private static TableConvention version(
      String version,
      String commit,
      String summary,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting) {
    return plain(version, commit, summary, rules, counting).modeAsOption();
  }

  private static TableConvention plain(
      String version,
      String commit,
      String summary,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting) {
    return TableConvention.of(
        about("ptflops-" + version, version, commit, summary), Mode.CPU_GRAD, rules, counting);
  }

  private static About about(String id, String version, String commit, String summary) {
    return new About(
        id, "ptflops", version, "MACs", summary, REPOSITORY + version + " (commit " + commit + ")");
  }

  /** What the latest versions leave to the user: timm, and from 0.7.4 on whether to patch. */
  private static TableConvention withOptions(TableConvention convention, boolean functional) {
    TableConvention all =
        convention
            .modeAsOption()
            .option(
                new Choice(
                    "timm",
                    "true|false",
                    "whether timm is installed, whose attention then has a rule",
                    (c, value) ->
                        value.equals("true")
                            ? c
                            : c.rules(() -> c.rules().without(Ptflops075Rules.TIMM))));
    return functional
        ? all.option(
            new Choice(
                "functional",
                "true|false",
                "whether functions are patched, backend_specific_config's count_functional",
                (c, value) ->
                    value.equals("true")
                        ? c
                        : c.rules(() -> c.rules().without(Ptflops075Rules.functionKeys()))))
        : all;
  }
}
