package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Tensor;

/** The root: replays the graph's nodes, and begins and ends the modules that they stand in. */
final class GraphModule extends ScopeModule {
  private final Program program;
  private final GraphInput input;
  private @Nullable Scopes scopes;

  GraphModule(ModuleType type, Program program, GraphInput input) {
    super(type, null);
    this.program = program;
    this.input = input;
  }

  /** Says which modules the nodes stand in; without, all stand in the root. */
  void enter(Scopes scopes) {
    this.scopes = scopes;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return forward(new Tensor[] {x})[0];
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    ForwardPass pass = inputs[0].pass();
    Shape shape = inputs[0].shape();
    try {
      return forward(pass, inputs, shape);
    } catch (ShapeException e) {
      if (!input.differs(shape)) {
        throw e;
      }
      ShapeException refused =
          new ShapeException(
              "%s (the file is exported for %s; dynamic axes take other sizes)"
                  .formatted(e.getMessage(), input.shape()));
      refused.initCause(e);
      throw refused;
    }
  }

  private Tensor[] forward(ForwardPass pass, Tensor[] inputs, Shape shape) {
    Execution execution = execution(pass, inputs, shape);
    if (scopes == null) {
      execution.run();
    } else {
      Scopes.Walk walk = scopes.walk(execution);
      execution.run(walk);
      walk.end();
    }
    return outputs(execution);
  }

  /** The same graph about to run, for a look at its values afterwards. */
  Execution execution(ForwardPass pass, Tensor[] inputs, Shape shape) {
    Execution execution = Execution.outermost(new Run(pass, program, input, shape));
    ValueInfo[] infos = input.infos();
    Value[] values = new Value[inputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Value.live(infos[i].type(), inputs[i]);
    }
    execution.give(values);
    return execution;
  }

  private Tensor[] outputs(Execution execution) {
    Value[] values = execution.outputs();
    ValueInfo[] said = program.model().graph().outputInfos();
    Tensor[] outputs = new Tensor[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      Value value = values[i];
      if (value != null && value.sized()) {
        execution.shared().expectBatch(said[i], value);
        outputs[count++] = value.tensor(execution.pass());
      }
    }
    if (count == 0 && values.length > 0) {
      // Of what the network returns nothing is known, which the note says.
      return new Tensor[] {Observed.tensor(execution.pass(), Shape.of(0))};
    }
    return java.util.Arrays.copyOf(outputs, count);
  }
}
