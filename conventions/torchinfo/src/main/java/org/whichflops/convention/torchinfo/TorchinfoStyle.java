package org.whichflops.convention.torchinfo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * The text that {@code print(summary(model, ...))} of torchinfo prints under Python 3.13 and torch
 * 2.6, of inputs in float32.
 */
final class TorchinfoStyle implements SummaryStyle {
  /** {@code sys.getsizeof} of a storage beyond its bytes, which the tool takes for input. */
  private static final long STORAGE_OBJECT = 72;

  private final TorchinfoVersion version;
  private final View view;

  private TorchinfoStyle(TorchinfoVersion version, View view) {
    this.version = version;
    this.view = view;
  }

  static List<SummaryStyle> all() {
    List<SummaryStyle> all = new ArrayList<>();
    for (TorchinfoVersion version : TorchinfoVersion.values()) {
      for (View view : View.all()) {
        all.add(new TorchinfoStyle(version, view));
      }
    }
    return all;
  }

  @Override
  public String id() {
    String id = version == TorchinfoVersion.RELEASE ? "torchinfo" : "torchinfo-master";
    return view.name().isEmpty() ? id : id + "/" + view.name();
  }

  @Override
  public String source() {
    return "torchinfo %s: print(summary(model%s)), Python 3.13, torch 2.6"
        .formatted(
            version == TorchinfoVersion.RELEASE ? "1.8.0" : "commit 5c4164f",
            view.call().isEmpty() ? "" : ", " + view.call());
  }

  @Override
  public Mode mode() {
    return Mode.CPU_NO_GRAD;
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    String text;
    try {
      text = text(network, pass);
    } catch (ArithmeticException e) {
      CountOverflowException overflow =
          new CountOverflowException(
              "the count of %s passes 2^63 - 1; take a smaller batch or resolution"
                  .formatted(network.name()));
      overflow.initCause(e);
      throw overflow;
    }
    out.append(text);
  }

  private String text(Network network, ForwardPass pass) {
    List<Row> rows = view.withInput() ? Rows.of(network, pass, version) : Rows.of(network, version);
    SummaryTable table = new SummaryTable(view, rows, version);
    Statistics sums = Statistics.of(rows, version);
    String divider = table.divider() + "\n";
    return divider
        + table.heading()
        + divider
        + table.body()
        + divider
        + parameters(sums)
        + (view.withInput() ? run(sums, inputBytes(pass.call(0)), divider) : "")
        + divider;
  }

  private static String parameters(Statistics sums) {
    return "Total params: %s\nTrainable params: %s\nNon-trainable params: %s\n"
        .formatted(
            PythonText.grouped(sums.parameters()),
            PythonText.grouped(sums.trainable()),
            PythonText.grouped(sums.parameters() - sums.trainable()));
  }

  private String run(Statistics sums, long input, String divider) {
    long all = Math.addExact(input, Math.addExact(sums.outputBytes(), sums.parameterBytes()));
    return "Total mult-adds"
        + Units.multAdds(sums.multAdds(), version)
        + "\n"
        + divider
        + "Input size"
        + Units.bytes(input, version)
        + "\nForward/backward pass size"
        + Units.bytes(sums.outputBytes(), version)
        + "\nParams size"
        + Units.bytes(sums.parameterBytes(), version)
        + "\nEstimated Total Size"
        + Units.bytes(all, version)
        + "\n";
  }

  private static long inputBytes(Call root) {
    long bytes = 0;
    for (int i = 0; i < root.inputCount(); i++) {
      long tensor = Math.multiplyExact(root.input(i).numel(), Statistics.BYTES);
      bytes = Math.addExact(bytes, Math.addExact(tensor, STORAGE_OBJECT));
    }
    return bytes;
  }
}
