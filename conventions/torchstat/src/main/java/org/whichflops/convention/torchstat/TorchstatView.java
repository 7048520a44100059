package org.whichflops.convention.torchstat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * What {@code stat(model, (C, H, W))} prints: a line for every call of a module that has no rule,
 * and the report, in a process that has not called it before.
 *
 * <p>Shares of the time are a machine's and not a network's: {@code n/a} stands in their place. A
 * module that was not called took none, and all of them come to 100.00% where the modules took 2 ms
 * or more.
 */
final class TorchstatView implements SummaryStyle {
  @Override
  public String id() {
    return "torchstat";
  }

  @Override
  public String source() {
    return "torchstat b52a3b0: stat(model, x.shape[1:]); shares of the time, which are a "
        + "machine's, are n/a";
  }

  @Override
  public Mode mode() {
    return Mode.CPU_GRAD;
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    ForwardPass image = new OneImage(network).of(pass);
    LeafChecks checks = new LeafChecks(network, true);
    checks.check(image);
    StringBuilder text = new StringBuilder();
    unsupported(text, checks, image);
    // print() ends the report's last line once more
    out.append(text).append(new Report(LeafRow.of(network, image)).text()).append('\n');
  }

  /** Printed when a call returns, one inside another first. */
  private static void unsupported(StringBuilder text, LeafChecks checks, ForwardPass pass) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      if (checks.wraps(pass.call(i))) {
        calls.add(pass.call(i));
      }
    }
    calls.sort(
        Comparator.comparingInt(Call::end)
            .thenComparing(Comparator.comparingInt(Call::index).reversed()));
    for (Call call : calls) {
      Module module = (Module) call.callee();
      if (LeafCounter.rule(module.type(), MaddRules.TABLE) == null) {
        line(text, "MAdd", module);
      }
      if (LeafCounter.rule(module.type(), FlopsRules.TABLE) == null) {
        line(text, "Flops", module);
      }
      if (!MemoryTraffic.of(call).supported()) {
        line(text, "Memory", module);
      }
    }
  }

  private static void line(StringBuilder text, String column, Module module) {
    text.append('[')
        .append(column)
        .append("]: ")
        .append(PythonText.name(module.type().name()))
        .append(" is not supported!\n");
  }
}
