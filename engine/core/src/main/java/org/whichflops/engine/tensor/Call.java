package org.whichflops.engine.tensor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.Quantities;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.formula.UnknownQuantityException;

/**
 * One recorded call of a forward pass.
 *
 * <p>Belongs to its pass and is overwritten when the pass runs again.
 */
public final class Call implements Quantities {
  private static final @Nullable Tensor[] EMPTY = {};

  /** The end of a call that is open and has other tensors than when it was closed last. */
  private static final int REWIRED = -1;

  private Callee callee = ForwardPass.NOTHING;
  private Arguments arguments = Arguments.NONE;
  private int index;
  private int parent;
  private int end;
  // Most calls have one tensor in and one out, for which two arrays would take half as much again.
  private @Nullable Tensor firstInput;
  private @Nullable Tensor[] moreInputs = EMPTY;
  private int inputCount;
  private @Nullable Tensor firstOutput;
  private @Nullable Tensor[] moreOutputs = EMPTY;
  private int outputCount;

  Call reset(Callee callee, Arguments arguments, int index, int parent) {
    this.callee = callee;
    this.arguments = arguments;
    this.index = index;
    this.parent = parent;
    this.end = index + 1;
    inputCount = 0;
    outputCount = 0;
    return this;
  }

  @SuppressWarnings("ReferenceEquality") // a pass uses its tensors again, in order
  Call in(Tensor tensor) {
    if (inputCount == 0) {
      end = firstInput == tensor ? end : REWIRED;
      firstInput = tensor;
    } else {
      moreInputs = with(moreInputs, inputCount - 1, tensor);
    }
    inputCount++;
    return this;
  }

  /** Puts a tensor at a place of an array that grows where it has none. */
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Tensor[] with(@Nullable Tensor[] tensors, int at, Tensor tensor) {
    @Nullable Tensor[] room =
        at < tensors.length ? tensors : sized(tensors, Math.max(2, 2 * tensors.length));
    end = room[at] == tensor ? end : REWIRED;
    room[at] = tensor;
    return room;
  }

  /** As Arrays.copyOf, which looks up the class of the array first. */
  private static @Nullable Tensor[] sized(@Nullable Tensor[] tensors, int size) {
    if (size <= 0) {
      return EMPTY;
    }
    @Nullable Tensor[] sized = new Tensor[size];
    System.arraycopy(tensors, 0, sized, 0, Math.min(size, tensors.length));
    return sized;
  }

  Call in(@Nullable Tensor... tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        in(tensor);
      }
    }
    return this;
  }

  @SuppressWarnings("ReferenceEquality")
  void out(Tensor tensor) {
    if (outputCount == 0) {
      end = firstOutput == tensor ? end : REWIRED;
      firstOutput = tensor;
    } else {
      moreOutputs = with(moreOutputs, outputCount - 1, tensor);
    }
    outputCount++;
  }

  /** Closes the call; says whether its tensors are other objects than those it had when closed. */
  boolean close(int end) {
    boolean fewer =
        orNull(firstInput, moreInputs, inputCount) != null
            || orNull(firstOutput, moreOutputs, outputCount) != null;
    if (fewer) {
      firstInput = inputCount == 0 ? null : firstInput;
      firstOutput = outputCount == 0 ? null : firstOutput;
      moreInputs = sized(moreInputs, inputCount - 1);
      moreOutputs = sized(moreOutputs, outputCount - 1);
    }
    boolean differs = fewer || this.end == REWIRED;
    this.end = end;
    return differs;
  }

  /** What was called. */
  public Callee callee() {
    return callee;
  }

  /** What it was given beside tensors. */
  public Arguments arguments() {
    return arguments;
  }

  /** The position in the order of beginning; a parent comes before its children. */
  public int index() {
    return index;
  }

  /** The index of the call that made this one, -1 for the outermost. */
  public int parent() {
    return parent;
  }

  /** The index after the last call made inside this one. */
  public int end() {
    return end;
  }

  /** The number of tensors given. */
  public int inputCount() {
    return inputCount;
  }

  /** One of the tensors given. */
  public Tensor input(int i) {
    return one(firstInput, moreInputs, Objects.checkIndex(i, inputCount));
  }

  /** The number of tensors returned. */
  public int outputCount() {
    return outputCount;
  }

  /** One of the tensors returned. */
  public Tensor output(int i) {
    return one(firstOutput, moreOutputs, Objects.checkIndex(i, outputCount));
  }

  private static Tensor one(@Nullable Tensor first, @Nullable Tensor[] more, int i) {
    return Objects.requireNonNull(orNull(first, more, i));
  }

  private static @Nullable Tensor orNull(@Nullable Tensor first, @Nullable Tensor[] more, int i) {
    return i == 0 ? first : i <= more.length ? more[i - 1] : null;
  }

  /** What the operator of this call executes of one kind; 0 for modules and functions. */
  public long arithmetic(Label kind) {
    Formula formula = callee instanceof Operator o ? o.arithmeticOrNull() : null;
    return formula == null ? 0 : formula.value(this, kind);
  }

  @Override
  public long size(Role role, int dim) {
    Tensor tensor = tensor(role);
    int rank = tensor.rank();
    if (dim >= rank || dim < -rank) {
      throw new UnknownQuantityException(
          "%s has no '%s[%d]' here: the tensor is %s"
              .formatted(callee.key(), role.symbol(), dim, tensor));
    }
    return tensor.size(dim);
  }

  @Override
  public long numel(Role role) {
    return tensor(role).numel();
  }

  @Override
  public long spatial(Role role) {
    return tensor(role).spatial();
  }

  @Override
  public long attribute(Attribute attribute) {
    return attribute == Attribute.PARAMETERS
        ? callee.parameterCount()
        : arguments.attribute(attribute, this);
  }

  Tensor tensor(Role role) {
    Tensor found = find(role);
    if (found == null) {
      throw new UnknownQuantityException(
          "%s has no '%s' (%s)".formatted(callee.key(), role.symbol(), role.meaning()));
    }
    return found;
  }

  @Nullable Tensor find(Role role) {
    Tensor weight = role == Role.W ? callee.weight() : null;
    if (weight != null) {
      return weight;
    }
    if (role == Role.Y && outputCount > 0) {
      return one(firstOutput, moreOutputs, 0);
    }
    int position =
        switch (role) {
          case X -> 0;
          case X2, W -> 1;
          case X3 -> 2;
          case Y -> Integer.MAX_VALUE;
        };
    return position < inputCount ? one(firstInput, moreInputs, position) : null;
  }

  @Override
  public String toString() {
    return callee.key();
  }
}
