package org.whichflops.convention.onnxtool;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** onnx-tool, by Luo Yu. */
public final class OnnxToolFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.startsWith("onnx-tool");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
                new About(
                    "onnx-tool",
                    "onnx-tool",
                    "1.0.1",
                    "MACs",
                    "nodes of an ONNX graph: multiply-accumulates, biases, and every other operation by "
                        + "a weight of its own",
                    "github.com/ThanatosShinji/onnx-tool, commit 00f5f0a; graphs as torch.onnx.export "
                        + "of torch 2.6.0 writes them at opset 17"),
                Mode.CPU_GRAD,
                () -> OnnxToolRules.RULES,
                OnnxToolCounter::new)
            .option(
                new Choice(
                    "bn",
                    "folded|kept",
                    "whether the exporter folds batch norms into convolutions, as it does in "
                        + "evaluation, or keeps them (training=TrainingMode.PRESERVE)",
                    (convention, value) ->
                        value.equals("kept")
                            ? convention.rules(() -> OnnxToolRules.KEPT)
                            : convention)));
  }
}
