package org.whichflops.convention.thop;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Counter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/** thop, also called pytorch-OpCounter. */
public final class ThopFamily implements ConventionFamily {
  private static final String REPOSITORY = "github.com/Lyken17/pytorch-OpCounter, commit ";

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("thop");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        latest(),
        version(
            "thop-0.1.1-2207",
            "0.1.1-2207",
            "as 0.1.1, but fails where an nn.LayerNorm is called",
            "475368f (2022-07-13)",
            () -> Thop010Rules.JULY_2022,
            Thop010Counter::new),
        version(
            "thop-0.1.0",
            "0.1.0",
            "as 0.1.1 of July 2022, with adaptive pooling rounded down and without PixelShuffle",
            "5b17856 (2022-06-13)",
            () -> Thop010Rules.TABLE,
            Thop010Counter::new),
        release0031(),
        version(
            "thop-2019-09",
            "0.0.31-1909",
            "multiply-accumulates with a convolution's bias, a linear layer's additions on top, 4 "
                + "an element of a batch norm, added up in float32; made the table in thop's README",
            "55efdec (2019-09-02)",
            () -> Thop201909Rules.TABLE,
            Thop201909Counter::new));
  }

  private static TableConvention latest() {
    return version(
        "thop",
        "0.1.1",
        "modules by exact type, under no_grad: multiply-accumulates without bias, 4 an "
            + "element of a batch norm, adaptive pooling; nothing for functions, ReLU and "
            + "attention",
        "43c064a (2022-09-07)",
        () -> Thop011Rules.TABLE,
        ThopCounter::new);
  }

  private static TableConvention release0031() {
    return version(
        "thop-0.0.31",
        "0.0.31",
        "multiply-accumulates with a convolution's bias, 2 an element of a batch norm, 1 of a "
            + "leaky ReLU; nothing for layer norms, and a warning for every type without a "
            + "rule",
        "b95bd4b (2020-05-24)",
        () -> Thop0031Rules.TABLE,
        Thop0031Counter::new);
  }

  @Override
  public List<SummaryStyle> styles() {
    return List.of(ThopStyle.recent(latest()), ThopStyle.old(release0031()));
  }

  private static TableConvention version(
      String id,
      String version,
      String summary,
      String commit,
      Supplier<RuleTable> rules,
      BiFunction<Network, RuleTable, Counter> counting) {
    return TableConvention.of(
        new About(id, "thop", version, "MACs", summary, REPOSITORY + commit),
        Mode.CPU_NO_GRAD,
        rules,
        counting);
  }
}
