package org.whichflops.convention.onnxtool;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.FoldingCounter;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up the nodes of an exported graph, batch norms folded (onnx_tool/graph.py:1433). */
final class OnnxToolCounter extends FoldingCounter {
  /** An average pooling to more than one place. */
  static final String WINDOWED = "aten.adaptive_avg_pool2d[more than 1 x 1]";

  private final SelectedCalls fills =
      new SelectedCalls(call -> call.callee().key().equals("aten.fill_"));

  private final SelectedCalls pools =
      new SelectedCalls(call -> call.callee().key().equals("aten.adaptive_avg_pool2d"));

  /** Which of them were to more than one place when the calls were looked at. */
  private BitSet windowed = new BitSet();

  OnnxToolCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  /** The exporter folds into convolutions alone, and not into transposed ones. */
  @Override
  protected boolean takesBatchNorm(Call layer) {
    return layer.callee().key().equals("aten.convolution")
        && layer.size(Role.W, 0) == layer.attribute(Attribute.C_OUT);
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.callee().key().equals("aten.adaptive_avg_pool2d") && isWindowed(call)
        ? rules().find(WINDOWED)
        : super.rule(call);
  }

  private static boolean isWindowed(Call pool) {
    return pool.spatial(Role.Y) > 1;
  }

  @Override
  protected long times(Call call) {
    return call.callee().key().equals("aten.chunk") ? 1 + 4 + call.outputCount() : 1;
  }

  @Override
  protected boolean countsInsideCounted() {
    return false;
  }

  /**
   * A slice that is assigned to becomes a chain of nodes on index tables, which the tool counts as
   * it counts any others; how many depends on what the exporter knows of the sizes.
   */
  @Override
  protected void check(ForwardPass pass) {
    super.check(pass);
    BitSet now = new BitSet();
    for (int pool : pools.of(pass)) {
      now.set(pool, isWindowed(pass.call(pool)));
    }
    if (!now.equals(windowed)) {
      windowed = now;
      lookAgain(); // a side of None is one place long where its input is
    }
    if (fills.of(pass).length > 0) {
      throw new ToolFailureException(
          "not reproduced: the nodes on index tables that torch.onnx.export makes of a mask "
              + "filled slice by slice, which onnx-tool counts");
    }
  }

  /** The tool adds up what each node reads of constants, tables of sizes among them. */
  @Override
  public long parameters(ForwardPass pass) {
    return NO_PARAMETERS;
  }
}
