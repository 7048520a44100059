package org.whichflops.engine.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * A part of a network: an exact type, children and parameters under names, and a forward.
 *
 * <p>A module is called through {@link #call(Tensor)}, which records it; its {@link #forward} is
 * what it does. Modules hold no state of a run, so one network serves any number of passes.
 */
public abstract class Module implements Callee, Arguments {
  private final ModuleType type;
  private final String key;
  private Map<String, Module> children = Collections.emptyMap();
  private Map<String, Parameter> parameters = Collections.emptyMap();
  private Map<String, Parameter> buffers = Collections.emptyMap();
  private boolean makesBuffers = true;
  private boolean makesParameters = true;
  private int index = -1;

  /** Worked out once it is asked for, by then the module is complete. */
  private @Nullable ElementsByName elements;

  /** Worked out when it is asked for the first time, when every child is there. */
  private long parameterCount = -1;

  private long trainableParameterCount = -1;

  /** A module without children or parameters yet. */
  protected Module(ModuleType type) {
    this.type = type;
    this.key = type.key();
  }

  /** Adds a child under a name, as assigning it to an attribute does. */
  protected final <M extends Module> M child(String name, M module) {
    children = with(children, name, module);
    return module;
  }

  /** Adds a trainable vector. */
  protected final Parameter parameter(String name, long size) {
    return parameter(name, Parameter.of(true, size));
  }

  /** Adds a trainable parameter. */
  protected final Parameter parameter(String name, long... sizes) {
    return parameter(name, Parameter.of(true, sizes));
  }

  /** Adds a parameter that may be another module's too. */
  protected final Parameter parameter(String name, Parameter parameter) {
    parameters = with(parameters, name, parameter);
    parameter.addOwner();
    return parameter;
  }

  /** Adds a tensor that is saved with the module but is no parameter. */
  protected final Parameter buffer(String name, long... sizes) {
    Parameter buffer = Parameter.of(false, sizes);
    buffers = with(buffers, name, buffer);
    return buffer;
  }

  /** One more, or another under a name that is there. */
  private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
    Map<String, V> changed = map.isEmpty() ? new FewNamed<>() : map;
    if (changed instanceof FewNamed<V> few) {
      if (few.set(name, value)) {
        return few;
      }
      changed = new LinkedHashMap<>(few);
    }
    changed.put(name, value);
    return changed;
  }

  private static <V> Map<String, V> unmodifiable(Map<String, V> map) {
    return map instanceof LinkedHashMap ? Collections.unmodifiableMap(map) : map;
  }

  /**
   * Takes another parameter in the place of one it has: one that several modules share, or that no
   * gradients are kept for.
   *
   * @throws IllegalArgumentException where there is none of that name and shape
   */
  public final void share(String name, Parameter parameter) {
    Parameter own = ownParameters().get(name);
    if (own == null || !own.shape().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          "%s has no parameter '%s' of %s".formatted(type, name, parameter));
    }
    parameters = with(parameters, name, parameter);
    parameter.addOwner();
  }

  /** What the module does with one tensor. */
  protected Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(type + " is not called with one tensor");
  }

  /** What the module does with several tensors, or to return several. */
  protected Tensor[] forward(Tensor... inputs) {
    if (inputs.length != 1) {
      throw new UnsupportedOperationException(
          type + " is called with one tensor, not " + inputs.length);
    }
    return new Tensor[] {forward(inputs[0])};
  }

  /** Calls the module: its forward, recorded. */
  public final Tensor call(Tensor x) {
    ForwardPass pass = x.pass();
    Call call = pass.begin(this, given());
    pass.input(call, x);
    return pass.end(call, forward(x));
  }

  /** Calls the module with several tensors. */
  public final Tensor[] call(Tensor... inputs) {
    ForwardPass pass = inputs[0].pass();
    Call call = pass.begin(this, given());
    for (Tensor input : inputs) {
      pass.input(call, input);
    }
    return pass.end(call, forward(inputs));
  }

  /** Runs {@code module.forward(x)} past the call, so that no tool with hooks sees the module. */
  public final Tensor callWithoutHooks(Tensor x) {
    return forward(x);
  }

  /**
   * Whether the forward is given tensors alone by position, also in tuples and lists; numbers are
   * none.
   */
  public boolean takesTensorsOnly() {
    return true;
  }

  /**
   * Whether the forward returns tensors alone, also in tuples and lists; a dict or None is none.
   */
  public boolean givesTensorsOnly() {
    return !returnsDict();
  }

  /**
   * What formulas may ask a call of this module for, beside its tensors: the module itself, or the
   * arguments of the function that does its work.
   */
  protected Arguments given() {
    return this;
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return NONE.attribute(attribute, call);
  }

  /**
   * What every module knows beside that: the elements of its parameters, and of those below it, by
   * what they are called.
   */
  @Override
  public final long attribute(Attribute attribute) {
    return switch (attribute) {
      case WEIGHT_ELEMENTS -> elements().weight();
      case BIAS_ELEMENTS -> elements().bias();
      case OTHER_WEIGHT_ELEMENTS -> elements().otherWeights();
      case OTHER_BIAS_ELEMENTS -> elements().otherBiases();
      default -> Callee.super.attribute(attribute);
    };
  }

  private ElementsByName elements() {
    ElementsByName known = elements;
    if (known == null) {
      known = ElementsByName.of(this);
      elements = known;
    }
    return known;
  }

  /**
   * The sizes that the Python module keeps as its attribute {@code kernel_size}, or null where it
   * has none.
   */
  public @Nullable Extents kernelSize() {
    return null;
  }

  /** Whether the Python module returns its tensors in a dict, which tools read otherwise. */
  public boolean returnsDict() {
    return false;
  }

  /**
   * PyTorch's {@code extra_repr()}: the arguments that {@code print(model)} shows in brackets,
   * without those of children; empty where the class shows none.
   */
  public String extraRepr() {
    return "";
  }

  /** What {@code print(model)} shows where the class defines {@code __repr__} itself, or null. */
  public @Nullable String ownRepr() {
    return null;
  }

  /** The exact Python class. */
  public final ModuleType type() {
    return type;
  }

  /** Children by name, in order. */
  public final Map<String, Module> children() {
    return unmodifiable(children);
  }

  /** The module's own parameters by name, in order; those of children are theirs. */
  public final Map<String, Parameter> parameters() {
    return unmodifiable(ownParameters());
  }

  /** A module's parameters are asked for when its network is made, before anybody shares it. */
  private Map<String, Parameter> ownParameters() {
    if (makesParameters) {
      makesParameters = false;
      makeParameters();
    }
    return parameters;
  }

  /**
   * Adds the parameters that every module of this class has; called once somebody asks for them.
   * Most steps in which a layer is refined are never asked.
   */
  protected void makeParameters() {}

  /** The module's own buffers by name, in order. */
  public final synchronized Map<String, Parameter> buffers() { // by one of several threads
    if (makesBuffers) {
      makesBuffers = false;
      makeBuffers();
    }
    return unmodifiable(buffers);
  }

  /** Adds the buffers that every module of this class has; called once somebody asks for them. */
  protected void makeBuffers() {}

  /** The position in the order of {@code modules()} of the network it belongs to. */
  public final int index() {
    return index;
  }

  void index(int index) {
    this.index = index;
  }

  @Override
  public final Kind kind() {
    return Kind.MODULE;
  }

  @Override
  public final String key() {
    return key;
  }

  @Override
  public final long parameterCount() {
    if (parameterCount < 0) {
      parameterCount = Network.parametersOf(this, false);
    }
    return parameterCount;
  }

  /** The elements of the parameters that gradients are kept for, of this and all below it. */
  public final long trainableParameterCount() {
    if (trainableParameterCount < 0) {
      trainableParameterCount = Network.parametersOf(this, true);
    }
    return trainableParameterCount;
  }

  @Override
  public final @Nullable Tensor weight() {
    return ownParameters().get("weight");
  }

  @Override
  public String toString() {
    return type.name();
  }
}
