package org.whichflops.convention.pthflops;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Where tracing a network or running its graph fails. The messages are Python's, on one line.
 *
 * <p>Every failure of a run is one mistake: a node's result that is a tuple is taken for a result
 * with two counts (ops_fx.py:91), so a method that returns a tuple hands on its first element.
 * Sizes are read out of sight of the engine; for torchvision's modules that do so it is known here.
 */
final class Failures {
  private static final String TORCHVISION = "torchvision.models.";
  private static final String TAIL = " Original traceback: None";
  private static final String NO_MORE = "IndexError: tuple index out of range";

  private static final String MULTISCALE_ATTENTION = TORCHVISION + "video.mvit.MultiscaleAttention";

  /** Modules whose forward multiplies sizes, or reads {@code x.size()}, where the run stops. */
  private static final Map<String, String> RUNNING =
      Map.of(
          TORCHVISION + "vision_transformer.VisionTransformer",
          product("mul", "floordiv", "floordiv_1"),
          TORCHVISION + "maxvit.WindowPartition",
          product("mul_1", "floordiv_2", "floordiv_3"),
          TORCHVISION + "shufflenetv2.InvertedResidual",
          firstSize(2),
          TORCHVISION + "video.swin_transformer.PatchEmbed3d",
          firstSize(0));

  /** Modules whose forward the tracer cannot run. */
  private static final Map<String, String> TRACING =
      Map.of(
          "torchvision.ops.deform_conv.DeformConv2d",
          "TypeError: zeros() received an invalid combination of arguments - got (tuple, "
              + "dtype=Attribute, device=Attribute), but expected one of:  * (tuple of ints size, "
              + "*, tuple of names names, torch.dtype dtype = None, torch.layout layout = None, "
              + "torch.device device = None, bool pin_memory = False, bool requires_grad = False)  "
              + "* (tuple of ints size, *, Tensor out = None, torch.dtype dtype = None, "
              + "torch.layout layout = None, torch.device device = None, bool pin_memory = False, "
              + "bool requires_grad = False) ",
          "nn.RNN",
          controlFlow(),
          "nn.GRU",
          controlFlow(),
          "nn.LSTM",
          controlFlow());

  /** What returns a tuple of views. */
  private static final Set<String> PARTS = Set.of("Tensor.chunk", "Tensor.split", "Tensor.unbind");

  private final Network network;
  private final TracedGraph graph;
  private final @Nullable String tracing;

  /** The calls where running may stop, in order. */
  private final int[] suspects;

  /** Those of them that may stop at one size and run at another. */
  private final int[] sized;

  private boolean looked;

  /** The failures of a network while it calls what it calls in a pass. */
  Failures(Network network, TracedGraph graph, ForwardPass pass) {
    this.network = network;
    this.graph = graph;
    String first = null;
    int[] found = new int[pass.size()];
    int size = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (first == null && graph.goesInto(call)) {
        first = TRACING.get(call.callee().key());
      }
      if (isSuspect(call)) {
        found[size++] = i;
      }
    }
    tracing = first;
    suspects = Arrays.copyOf(found, size);
    sized =
        Arrays.stream(suspects).filter(i -> PARTS.contains(pass.call(i).callee().key())).toArray();
  }

  private boolean isSuspect(Call call) {
    if (graph.goesInto(call)) {
      return RUNNING.containsKey(call.callee().key());
    }
    return graph.contains(call)
        && (call.callee().kind() != Callee.Kind.MODULE || PthflopsCounter.ruleOf(call) != null);
  }

  private static String product(String node, String left, String right) {
    return "AttributeError: 'int' object has no attribute 'numel'  While executing %"
        + node
        + " : [num_users=1] = call_function[target=operator.mul](args = (%"
        + left
        + ", %"
        + right
        + "), kwargs = {})"
        + TAIL;
  }

  private static String firstSize(int users) {
    return "TypeError: 'int' object is not subscriptable  While executing %getitem : [num_users="
        + users
        + "] = call_function[target=operator.getitem](args = (%size, 0), kwargs = {})"
        + TAIL;
  }

  private static String controlFlow() {
    return "TraceError: symbolically traced variables cannot be used as inputs to control flow";
  }

  /** Stops where the tool does: first while it traces, then while it runs node by node. */
  void check(ForwardPass pass) {
    if (looked) { // without failing: only what depends on sizes may fail yet
      for (int i : sized) {
        fail(failure(pass, pass.call(i)));
      }
      return;
    }
    fail(tracing);
    if (pass.call(0).inputCount() > 1) {
      throw new ToolFailureException(
          "RuntimeError: Expected positional argument for a parameter, but one was not passed in!");
    }
    for (int i : suspects) {
      Call call = pass.call(i);
      fail(graph.goesInto(call) ? RUNNING.get(call.callee().key()) : failure(pass, call));
    }
    fail(resultFailure(pass));
    looked = true;
  }

  private static void fail(@Nullable String message) {
    if (message != null) {
      throw new ToolFailureException(message);
    }
  }

  private static @Nullable String failure(ForwardPass pass, Call call) {
    String key = call.callee().key();
    if (PARTS.contains(key)) {
      return parts(call, pass.call(call.parent()).callee());
    }
    if (key.equals("torch.matmul") || key.equals("Tensor.__matmul__")) {
      return call.output(0).rank() == 0 ? NO_MORE : null;
    }
    if (call.callee().kind() == Callee.Kind.MODULE) {
      if (call.outputCount() > 1) {
        return "AttributeError: 'tuple' object has no attribute 'numel'";
      }
      if (call.output(0).rank() == 2 && key.endsWith("1d") && key.startsWith("nn.Conv")) {
        // reduce(lambda x, y: x * y, output.shape[2:]), ops_fx.py:30
        return "TypeError: reduce() of empty iterable with no initial value";
      }
    }
    return null;
  }

  /** The parts are read off the first of them, and what it has instead is a dimension. */
  private static String parts(Call call, Callee in) {
    if (call.outputCount() < 3) {
      return NO_MORE;
    }
    long size = call.output(0).rank() == 0 ? 0 : call.output(0).size(0);
    if (size < call.outputCount()) {
      return "IndexError: index %d is out of bounds for dimension 0 with size %d"
          .formatted(size, size);
    }
    return in.key().equals(MULTISCALE_ATTENTION)
        ? "AttributeError: 'int' object has no attribute 'numel'" // sizes of the pool after it
        : ambiguous();
  }

  private static String ambiguous() {
    return "RuntimeError: Boolean value of Tensor with more than one value is ambiguous";
  }

  /** The network's result is a node too, and a tuple of two has no third element. */
  private @Nullable String resultFailure(ForwardPass pass) {
    Call root = pass.call(0);
    if (root.outputCount() < 2 || network.root().returnsDict()) {
      return null;
    }
    NodeNames names = new NodeNames();
    for (int i = 1; i < pass.size(); i++) {
      if (graph.contains(pass.call(i))) {
        String name = names.next(network, pass.call(i));
        if (returnsTheSame(pass.call(i), root)) {
          return NO_MORE + "  While executing return " + name + TAIL;
        }
      }
    }
    return root.outputCount() == 2 ? NO_MORE : ambiguous();
  }

  private static boolean returnsTheSame(Call call, Call root) {
    boolean same = call.callee() instanceof Module && call.outputCount() == root.outputCount();
    for (int i = 0; same && i < root.outputCount(); i++) {
      same = call.output(i) == root.output(i);
    }
    return same;
  }
}
