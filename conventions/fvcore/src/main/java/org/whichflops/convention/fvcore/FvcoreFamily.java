package org.whichflops.convention.fvcore;

import java.util.ArrayList;
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

/** fvcore's FlopCountAnalysis, and mmengine's copy of it. */
public final class FvcoreFamily implements ConventionFamily {
  private static final String FVCORE = "github.com/facebookresearch/fvcore, commit ";
  private static final String TRACED = "; traced by torch 2.6.0, the model as it is, gradients on";

  private static TableConvention fvcore() {
    return convention(
        new About(
            "fvcore",
            "fvcore",
            "master-3378afe",
            "FLOPs",
            "nodes of torch.jit's trace: one a multiply-accumulate without bias, 2 an element of a "
                + "batch norm, 5 of any other, pooling only where adaptive and in two dimensions",
            FVCORE + "3378afe (0.1.6)" + TRACED),
        () -> FvcoreRules.CURRENT,
        FvcoreCounter::new);
  }

  private static TableConvention mmengine() {
    return convention(
        new About(
            "mmengine",
            "mmengine",
            "main-2543429",
            "FLOPs",
            "as fvcore, of whose handlers it is a copy; a product with a vector does not fail",
            "github.com/open-mmlab/mmengine, commit 2543429" + TRACED),
        () -> FvcoreRules.MMENGINE,
        FvcoreCounter::new);
  }

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("fvcore") || id.startsWith("mmengine");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        fvcore(),
        mmengine(),
        convention(
            new About(
                "fvcore-2021-03",
                "fvcore",
                "0.1.3-1f43d07",
                "FLOPs",
                "as fvcore, with 5 an element of a batch norm also in evaluation, and transposed "
                    + "convolutions by their output",
                FVCORE + "1f43d07, 2021-03-09; so until 2021-06-03, transposed until 2021-10-27"),
            () -> FvcoreRules.MARCH_2021,
            Fvcore2021Counter::new),
        convention(
            new About(
                "fvcore-2021-02",
                "fvcore",
                "0.1.3-943ce71",
                "FLOPs",
                "convolutions, linear layers and products only, one a multiply-accumulate",
                FVCORE + "943ce71, 2021-03-08, the last without norms, pooling and resampling"),
            () -> FvcoreRules.FEBRUARY_2021,
            Fvcore2021Counter::new));
  }

  @Override
  public List<SummaryStyle> styles() {
    List<SummaryStyle> styles = new ArrayList<>(FvcoreTexts.all(fvcore()));
    styles.addAll(MmengineTexts.all(mmengine()));
    return List.copyOf(styles);
  }

  private static TableConvention convention(
      About about, Supplier<RuleTable> rules, BiFunction<Network, RuleTable, Counter> counting) {
    return TableConvention.of(about, Mode.CPU_GRAD, rules, counting).modeAsOption();
  }
}
