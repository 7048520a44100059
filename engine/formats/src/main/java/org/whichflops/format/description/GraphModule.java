package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** A module whose forward is written in a description. */
final class GraphModule extends Module implements Described {
  private final Body body;

  GraphModule(ModuleType type, Body body) {
    super(type);
    this.body = body;
  }

  @Override
  public Module module() {
    return this;
  }

  @Override
  public void attach(String name, Module module) {
    child(name, module);
  }

  @Override
  public void addParameter(String name, Parameter parameter) {
    parameter(name, parameter);
  }

  @Override
  public void addBuffer(String name, Shape shape) {
    buffer(name, shape.sizes());
  }

  @Override
  protected Tensor forward(Tensor x) {
    return forward(new Tensor[] {x})[0];
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    return body.run(this, inputs);
  }

  /** A container whose forward calls its children in order, but whose class may be another. */
  static final class InOrder extends Sequential implements Described {
    private final @Nullable Body body;

    InOrder(ModuleType type, @Nullable Body body) {
      super(type);
      this.body = body;
    }

    @Override
    public Module module() {
      return this;
    }

    @Override
    public void attach(String name, Module module) {
      child(name, module);
    }

    @Override
    public void addParameter(String name, Parameter parameter) {
      parameter(name, parameter);
    }

    @Override
    public void addBuffer(String name, Shape shape) {
      buffer(name, shape.sizes());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return forward(new Tensor[] {x})[0];
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      if (body != null) {
        return body.run(this, inputs);
      }
      Tensor[] values = inputs;
      for (Module step : children().values()) {
        values = step.call(values);
      }
      if (values.length == 0) {
        throw new ShapeException(type() + " returns nothing");
      }
      return values;
    }
  }
}
