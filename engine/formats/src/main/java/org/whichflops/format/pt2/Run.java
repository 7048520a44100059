package org.whichflops.format.pt2;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** One forward pass over a program: the tensors so far, and the value of every symbol. */
final class Run {
  private static final Tensor[] NONE = {};

  private final ForwardPass pass;
  private final long[] symbols;
  private final @Nullable Tensor[] tensors;
  private final @Nullable Parameter[] owned;

  Run(ForwardPass pass, long[] symbols, @Nullable Parameter[] owned) {
    this.pass = pass;
    this.symbols = symbols;
    this.owned = owned;
    this.tensors = new Tensor[owned.length];
  }

  ForwardPass pass() {
    return pass;
  }

  long[] symbols() {
    return symbols;
  }

  /** The tensor of a value; a parameter takes part in the pass like any other. */
  Tensor tensor(int slot) {
    Tensor tensor = tensors[slot];
    if (tensor == null) {
      Parameter parameter = owned[slot];
      if (parameter == null) {
        throw new IllegalStateException("value " + slot + " is used before it is made");
      }
      tensor = Observed.tensor(pass, parameter.shape());
      tensors[slot] = tensor;
    }
    return tensor;
  }

  /** The tensors of several values. */
  Tensor[] tensors(int[] slots) {
    if (slots.length == 0) {
      return NONE;
    }
    Tensor[] all = new Tensor[slots.length];
    for (int i = 0; i < slots.length; i++) {
      all[i] = tensor(slots[i]);
    }
    return all;
  }

  /** A weight: the parameter itself where it is one. */
  Tensor weight(int slot) {
    Parameter parameter = owned[slot];
    return parameter == null ? tensor(slot) : parameter;
  }

  /** The same for one that may be left out. */
  @Nullable Tensor optionalWeight(int slot) {
    return slot < 0 ? null : weight(slot);
  }

  /** Keeps a result, which has to be what the file says. */
  void set(Output output, Tensor tensor) {
    if (!output.fits(tensor, symbols)) {
      throw new ShapeException(
          "at node '%s' the file has %s but the operator gives %s"
              .formatted(output.name(), output.shape(symbols), tensor));
    }
    tensors[output.slot()] = tensor;
  }

  /** Keeps the input of the whole network. */
  void input(int slot, Tensor tensor) {
    tensors[slot] = tensor;
  }

  /** A tensor of the size that the file says. */
  Tensor make(Output output) {
    Tensor tensor = Observed.tensor(pass, output.shape(symbols));
    tensors[output.slot()] = tensor;
    return tensor;
  }

  /** The tensors of a node's results, of the sizes that the file says. */
  Tensor[] make(Output[] outputs) {
    Tensor[] all = new Tensor[outputs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = make(outputs[i]);
    }
    return all;
  }

  /** A value that a node makes. */
  record Output(String name, int slot, Program.Value value, @Nullable Shape constant) {
    Shape shape(long[] symbols) {
      return constant != null ? constant : value.at(symbols);
    }

    boolean fits(Tensor tensor, long[] symbols) {
      if (tensor.rank() != value.sizes().size()) {
        return false;
      }
      for (int i = 0; i < tensor.rank(); i++) {
        if (tensor.size(i) != value.sizes().get(i).at(symbols)) {
          return false;
        }
      }
      return true;
    }
  }
}
