package org.whichflops.convention.published;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.PlainRuleCounter;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** The counts behind tables that many papers quote. */
public final class PublishedFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return List.of("pycls", "netscope", "convnet-burden", "imgclsmob", "flopco", "mmpretrain")
        .contains(id);
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            new About(
                "pycls",
                "pycls",
                "master-5719de6",
                "flops",
                "multiply-accumulates of convolutions, linear layers and attention, with bias; "
                    + "nothing else",
                "github.com/facebookresearch/pycls, pycls/models/blocks.py, commit 5719de6; "
                    + "dev/model_complexity.json has its results"),
            Mode.DECOMPOSED,
            () -> PyclsRules.TABLE,
            PlainRuleCounter::new),
        TableConvention.of(
            new About(
                "netscope",
                "netscope",
                "2018-07",
                "MACC",
                "multiply-accumulates of convolutions and linear layers without bias, one an "
                    + "element for the Scale layer of a batch norm and for products",
                "github.com/dgschwend/netscope, src/analyzer.coffee, commit 8ae36d8; its column "
                    + "macc, without comp, add, div and exp"),
            Mode.DECOMPOSED,
            () -> NetscopeRules.TABLE,
            OutermostCounter::new),
        TableConvention.of(
            new About(
                "convnet-burden",
                "convnet-burden",
                "2019-01",
                "FLOPs",
                "a fused multiply-add is one: convolutions with bias, ReLU 2, batch norm 0, "
                    + "pooling 2 an output and stride, sums 1",
                "github.com/albanie/convnet-burden, core/burden.m, commit 9c7f31b"),
            Mode.DECOMPOSED,
            () -> ConvnetBurdenRules.TABLE,
            OutermostCounter::new),
        TableConvention.of(
                new About(
                    "imgclsmob",
                    "imgclsmob",
                    "master-c1a844d",
                    "FLOPs",
                    "leaf modules: two a multiply-accumulate, one less for each pair of channels and "
                        + "not for each output, batch norm 4, ReLU 1; its tables print half of it",
                    "github.com/osmr/imgclsmob, pytorch/model_stats.py, commit c1a844d"),
                Mode.CPU_GRAD,
                () -> ImgclsmobRules.table(false),
                ImgclsmobCounter::new)
            .option(
                new Choice(
                    "pool",
                    "window|input",
                    "what an adaptive pooling to several outputs counts for each: its window, or "
                        + "the whole input as the code has it",
                    (convention, value) ->
                        convention.rules(() -> ImgclsmobRules.table(value.equals("input"))))),
        TableConvention.of(
            new About(
                "flopco",
                "flopco-keras",
                "master-421e09a",
                "MACs",
                "one image: convolutions as if without groups, linear layers, 2 an element of a "
                    + "batch norm, height x width for the last pooling",
                "github.com/evgps/flopco-keras, flopco_keras/compute_layer_flops.py, commit "
                    + "421e09a; the ResNets of tf.keras have their stride in the first 1x1"),
            Mode.DECOMPOSED,
            () -> FlopcoRules.TABLE,
            PlainRuleCounter::new),
        TableConvention.of(
            new About(
                "mmpretrain",
                "mmpretrain",
                "1.x",
                "FLOPs",
                "fvcore's count of a classifier's backbone and neck: the last linear layer does "
                    + "not run",
                "github.com/open-mmlab/mmpretrain, tools/analysis_tools/get_flops.py (0979e78): "
                    + "FlopCountAnalysis of extract_feat; most of its older metafiles hold ptflops "
                    + "0.6 counts of the whole network instead"),
            Mode.CPU_GRAD,
            () -> MmpretrainRules.TABLE,
            BackboneCounter::new));
  }

  @Override
  public int position() {
    return 200;
  }
}
