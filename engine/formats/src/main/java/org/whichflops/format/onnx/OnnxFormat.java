package org.whichflops.format.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFormat;

/** ONNX files. */
public final class OnnxFormat implements ModelFormat {
  private static final int IR_VERSION = 0x08;
  private static final long OLDEST_OPSET = 7;

  /** The only state there is: none. */
  public OnnxFormat() {}

  @Override
  public String name() {
    return "ONNX";
  }

  /**
   * Protobuf has no mark of its own: a model begins with the version of its format, a small number,
   * and goes on with a field that a model has.
   */
  @Override
  public boolean recognises(Content content) throws IOException {
    byte[] start = content.start();
    if (start.length < 3) {
      return false;
    }
    if (start[0] == IR_VERSION) {
      return start[1] > 0 && start[1] < 64 && isModelField(start[2]);
    }
    // Exporters that sort their fields otherwise begin with the graph or the operator sets.
    return start[0] == 0x3A || start[0] == 0x42;
  }

  private static boolean isModelField(byte tag) {
    // Fields from 16 on have a tag of two bytes, of which these begin 20 (training) and 25.
    boolean late = tag == (byte) 0xA2 || tag == (byte) 0xCA;
    int field = (tag & 0xFF) >>> 3;
    int type = tag & 7;
    boolean message = type == 2 && ((field >= 2 && field <= 8 && field != 5) || field == 14);
    return late || message || (field == 5 && type == 0);
  }

  @Override
  public Network read(Content content) throws IOException {
    Model model = ModelReader.read(content);
    check(model);
    Program program = new Program(model);
    FirstRun run = FirstRun.of(program);
    ScopeBuilder scopes = new ScopeBuilder(model.graph(), run, program.parameters());
    boolean scoped = ScopeBuilder.any(run.nodes());
    run.root().enter(scopes.build(scoped));
    new ParameterHomes(scopes).own(program.parameters());
    return new Network(
        model.file(),
        run.root(),
        run.input(),
        String.join("; ", notes(program, run, scoped)),
        run.notes().uncounted());
  }

  private static void check(Model model) {
    Long opset = model.opsets().get("");
    if (opset != null && opset < OLDEST_OPSET) {
      throw new FormatException(
          model.file(),
          "",
          "it uses operator set %d, and %d is the oldest that is read; onnx.version_converter makes it newer"
              .formatted(opset, OLDEST_OPSET));
    }
    ValueInfo[] inputs = model.graph().inputInfos();
    if (inputs.length == 0) {
      throw new FormatException(model.file(), "", "its graph has no input");
    }
    for (ValueInfo input : inputs) {
      String place = "input '" + input.name() + "'";
      if (!input.tensor()) {
        throw new FormatException(model.file(), place, "it is no tensor, and only those are read");
      }
      if (input.sizes() == null) {
        throw new FormatException(
            model.file(), place, "the file does not say how many dimensions it has");
      }
    }
  }

  private static List<String> notes(Program program, FirstRun run, boolean scoped) {
    List<String> notes = new ArrayList<>();
    if (!run.input().assumed().isEmpty()) {
      notes.add("the file leaves sizes open: " + String.join(", ", run.input().assumed()));
    }
    if (!scoped) {
      notes.add("the file has no modules: each node with weights is taken for one");
    }
    if (Folding.batchNorms(program, run.nodes())) {
      notes.add(
          "batch norms are folded into convolutions: their operations and parameters are not in the"
              + " file");
    }
    if (program.has("BatchNormalization") && anyInTraining(run.nodes())) {
      notes.add("exported in training mode, counted in evaluation as tools do");
    }
    notes.addAll(run.notes().remarks());
    return notes;
  }

  private static boolean anyInTraining(Node[] nodes) {
    for (Node node : nodes) {
      if (node.is("BatchNormalization")
          && node.attributes().find("training_mode") instanceof Long training
          && training == 1) {
        return true;
      }
    }
    return false;
  }
}
