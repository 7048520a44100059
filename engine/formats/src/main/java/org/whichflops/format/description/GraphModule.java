package org.whichflops.format.description;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** A module whose forward is written in a description. */
final class GraphModule extends Module implements Described {
  private final Body body;
  private final BesideTensors beside;
  private final Map<String, Long> attributes;

  /**
   * A module of a class.
   *
   * @param attributes what formulas are answered that its functions do not know, by their symbols
   */
  GraphModule(ModuleType type, Body body, BesideTensors beside, Map<String, Long> attributes) {
    super(type);
    this.body = body;
    this.beside = beside;
    this.attributes = attributes;
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

  @Override
  public boolean returnsDict() {
    return beside.returnsDict();
  }

  @Override
  public boolean takesTensorsOnly() {
    return !beside.takesOthers();
  }

  /** What formulas ask a layer for, the functions know that its forward calls. */
  @Override
  public long attribute(Attribute attribute, Call call) {
    Long given = attributes.get(attribute.symbol());
    return given != null ? given : InnerCalls.attribute(attribute, call);
  }

  /** A container whose forward calls its children in order, but whose class may be another. */
  static final class InOrder extends Sequential implements Described {
    private final @Nullable Body body;
    private final BesideTensors beside;

    InOrder(ModuleType type, @Nullable Body body, BesideTensors beside) {
      super(type);
      this.body = body;
      this.beside = beside;
    }

    @Override
    public boolean returnsDict() {
      return beside.returnsDict();
    }

    @Override
    public boolean takesTensorsOnly() {
      return !beside.takesOthers();
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
