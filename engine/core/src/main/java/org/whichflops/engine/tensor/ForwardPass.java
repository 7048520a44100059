package org.whichflops.engine.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;

/**
 * One run over shapes, and the record of every call made in it.
 *
 * <p>A pass can run again and again: calls and tensors are then overwritten in place, so a sweep
 * over many inputs allocates next to nothing. Not for use by two threads at a time.
 */
public final class ForwardPass {
  static final Callee NOTHING = Function.named("nothing");

  private final Mode mode;
  private Call[] calls = {};

  /** What each call calls, beside it: who looks for some of a million need not touch the rest. */
  private String[] variantKeys = {};

  private int callCount;
  private Tensor[] tensors = {};
  private int tensorCount;
  private int open = -1;
  private boolean modeMatters;
  private int previousCount;
  private boolean differs;
  private int structure;
  private boolean structureKnown;
  private int argumentLists;
  private int run;
  private @Nullable Shared shared;

  /** Whether the network may still look at sizes. */
  private boolean running = true;

  private boolean layoutMattered;

  /** The run that numbers are laid for. */
  private int laid;

  /** What ran, where it can be repeated: nothing that was called depended on strides. */
  private @Nullable Callee repeatable;

  private int inputCount;
  private boolean manyInputs;
  private @Nullable Symbols symbols;
  private boolean symbolsSought;
  private int inputsTaken;

  /** An empty pass in the given mode. */
  public ForwardPass(Mode mode) {
    this.mode = mode;
  }

  /** Forgets every call and tensor; their objects will be used again. */
  public void clear() {
    structure(); // of the run that is forgotten
    structure += open < 0 ? 0 : 1; // it failed, and left calls open
    previousCount = callCount;
    differs = false;
    structureKnown = false;
    run++;
    laid = run; // as they come
    callCount = 0;
    tensorCount = 0;
    open = -1;
    modeMatters = false;
    running = true;
    layoutMattered = false;
    repeatable = null;
    inputCount = 0;
    symbols = null;
    symbolsSought = false;
  }

  /** Whether what is looked at may decide what is called. */
  boolean isRunning() {
    return running;
  }

  /** Told by tensors, where somebody asks how their numbers lie. */
  void lookAtLayout() {
    layoutMattered |= running;
  }

  /** Lays all numbers anew, where sizes have changed since. */
  void layAgain() {
    if (laid != run) {
      laid = run;
      for (int i = 0; i < tensorCount; i++) {
        tensors[i].layAgain();
      }
    }
  }

  /** Says what has run, from its inputs to its end, so that it may be repeated. */
  public void ran(Callee root) {
    running = false;
    repeatable = layoutMattered ? null : root;
  }

  /**
   * Repeats the run before with inputs of other sizes, if all that is called is sure to be the
   * same, since every size that the network looked at is: then only the others are worked out anew.
   *
   * @param root what is to run
   * @return whether that was possible; if not, or if a size does not fit anywhere, the network has
   *     to run, from {@link #clear} on
   */
  @SuppressWarnings("ReferenceEquality") // the same object, not one like it
  public boolean repeat(Callee root, Shape... inputs) {
    if (repeatable != root || inputs.length != inputCount) {
      return false;
    }
    Symbols known = symbols();
    if (known != null) {
      boolean taken = known.take(inputs[0]);
      run += taken ? 1 : 0;
      inputsTaken += taken ? 1 : 0;
      return taken;
    }
    for (int i = 0; i < inputs.length; i++) {
      if (!tensors[i].takeInput(inputs[i])) {
        return false;
      }
    }
    run++;
    try {
      for (int i = inputCount; i < tensorCount; i++) {
        if (!tensors[i].resize()) {
          return false;
        }
      }
      return true;
    } catch (ShapeException | ArithmeticException e) {
      return false; // the network runs, and finds the place
    }
  }

  /**
   * Says that the network is to run at many inputs, which makes it worth while to find out what
   * holds for all of them.
   */
  public void expectManyInputs() {
    manyInputs = true;
  }

  /** The symbols that all sizes of this run follow from, or null where that is not known. */
  @Nullable Symbols symbols() {
    if (manyInputs && !symbolsSought && repeatable != null) {
      symbolsSought = true;
      symbols = inputCount == 1 ? findSymbols() : null;
    }
    return symbols;
  }

  private @Nullable Symbols findSymbols() {
    Symbols found = new Symbols(tensors[0].shape());
    tensors[0].symbolic(found.input());
    for (int i = 0; i < tensorCount; i++) {
      Tensor tensor = tensors[i];
      Origin origin = tensor.origin();
      SymbolicShape shape = origin == null ? tensor.symbolic(found) : origin.symbolic(found);
      if (shape == null) {
        return null;
      }
      for (int dim = 0; dim < tensor.rank(); dim++) {
        if (tensor.hasBeenLookedAt(dim) && !shape.size(dim).isConstant()) {
          return null;
        }
      }
      tensor.symbolic(shape);
    }
    return found;
  }

  /** A number that changes where sizes change without a run. */
  int inputsTaken() {
    return inputsTaken;
  }

  /**
   * An input of the given sizes.
   *
   * @throws ShapeException where a size is below 1: no network computes anything then
   */
  public Tensor input(long... sizes) {
    Tensor tensor = tensor(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 1) {
        throw new ShapeException(
            "an input has sizes of 1 or more but this one is " + Arrays.toString(sizes));
      }
      tensor.set(i, sizes[i]);
    }
    inputCount += inputCount == tensorCount - 1 ? 1 : 0; // those that come before all else
    return tensor;
  }

  /** The mode as the record keeps it. */
  public Mode mode() {
    return mode;
  }

  /** The mode, asked for by a function that behaves differently in another. */
  Mode decidingMode() {
    modeMatters = true;
    return mode;
  }

  /** Whether anything in this run would have been called differently in another mode. */
  public boolean modeMatters() {
    return modeMatters;
  }

  /**
   * A number that changes where a run calls anything else than the run before it did, or with other
   * tensors. While it stays, the call at an index is a call of the same module, function or
   * operator, and takes and returns the same tensor objects of the same ranks, at whatever sizes.
   */
  public int structure() {
    if (!structureKnown) {
      structureKnown = true;
      structure += differs || callCount != previousCount ? 1 : 0;
    }
    return structure;
  }

  /** A number that stays while no call is given other arguments than in the run before. */
  int argumentLists() {
    return argumentLists;
  }

  /** The number of this run. */
  int run() {
    return run;
  }

  /**
   * Some calls as a group that works out formulas for all of them at once, the same group for all
   * who ask for the same calls. Good as long as {@link #structure} stays.
   *
   * @param indices the calls' indices, rising; not to be changed
   */
  public CallGroup group(int... indices) {
    return shared().group(indices);
  }

  /** The sum over several groups, the same for all who ask for the same. As good as groups are. */
  public PassSum sum(List<PassSum.Multiple> multiples) {
    return shared().sum(multiples);
  }

  /** Tensors with all that is read from them, the same for the same. As good as groups are. */
  Operands operands(Tensor[] tensors) {
    return shared().operands(tensors);
  }

  /**
   * All calls, those to what has the same variant key together, in the order of the first of each.
   * As good as groups are.
   */
  public List<AlikeCalls> alike() {
    return shared().alike(variantKeys);
  }

  private Shared shared() {
    Shared known = shared;
    if (known == null || !known.isOf(structure())) {
      known = new Shared(this);
      shared = known;
    }
    return known;
  }

  /** The number of recorded calls. */
  public int size() {
    return callCount;
  }

  /** One recorded call, in order of beginning. */
  public Call call(int index) {
    return calls[index];
  }

  /** Begins the record of a call; {@link #end} closes it. Used by modules. */
  public Call begin(Callee callee, Arguments arguments) {
    if (callCount == calls.length) {
      calls = Arrays.copyOf(calls, Math.max(64, 2 * callCount));
      variantKeys = Arrays.copyOf(variantKeys, calls.length);
    }
    Call call = calls[callCount];
    if (call == null) {
      call = new Call();
      calls[callCount] = call;
    }
    differs |= callCount >= previousCount || call.callee() != callee;
    if (call.arguments() != arguments) {
      argumentLists++;
    }
    call.reset(callee, arguments, callCount, open);
    variantKeys[callCount] = callee.variantKey();
    open = callCount++;
    return call;
  }

  /** Adds a tensor to the inputs of a call that has begun. Used by modules. */
  public void input(Call call, Tensor tensor) {
    call.in(tensor);
  }

  /** Closes a call with the tensor it returns. Used by modules. */
  public Tensor end(Call call, Tensor output) {
    call.out(output);
    end(call);
    return output;
  }

  /** Closes a call with the tensors it returns. Used by modules. */
  public Tensor[] end(Call call, Tensor[] outputs) {
    for (Tensor output : outputs) {
      call.out(output);
    }
    end(call);
    return outputs;
  }

  private void end(Call call) {
    differs |= call.close(callCount);
    open = call.parent();
  }

  /** A tensor of this pass whose sizes are still to be set. */
  Tensor tensor(int rank) {
    if (tensorCount == tensors.length) {
      tensors = Arrays.copyOf(tensors, Math.max(64, 2 * tensorCount));
    }
    Tensor tensor = tensors[tensorCount];
    if (tensor == null) {
      tensor = new Tensor(this);
      tensors[tensorCount] = tensor;
    }
    tensorCount++;
    differs |= tensor.rank() != rank;
    return tensor.rank(rank);
  }

  /** A tensor of this pass with the sizes of another. */
  Tensor like(Tensor other) {
    return tensor(other.rank()).like(other);
  }

  /** The same, whose sizes may then be changed, since they follow from what is looked at. */
  Tensor resizable(Tensor other) {
    Tensor tensor = tensor(other.rank());
    for (int i = 0; i < other.rank(); i++) {
      tensor.set(i, other.size(i));
    }
    return tensor;
  }

  /** The innermost module that is running, or null; after a failure, the one that failed. */
  public @Nullable Callee runningModule() {
    for (int i = open; i >= 0; i = calls[i].parent()) {
      if (calls[i].callee().kind() == Callee.Kind.MODULE) {
        return calls[i].callee();
      }
    }
    return null;
  }
}
