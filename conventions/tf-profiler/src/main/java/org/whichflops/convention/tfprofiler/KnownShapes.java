package org.whichflops.convention.tfprofiler;

import java.util.IdentityHashMap;
import java.util.Set;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.Tensor;

/**
 * What TensorFlow's shape inference knows in a frozen graph. Two things lose a shape: a function
 * compiled apart, and the Merge node of a loop's state. What follows from them is known again only
 * where the other operand says it.
 */
final class KnownShapes {
  private static final int BATCH_UNKNOWN = 1;
  private static final int RANK_UNKNOWN = 2;
  private static final Set<String> LOSING = Set.of("tf.Merge", "tf.StatefulPartitionedCall");
  private static final Set<String> SURE =
      Set.of("tf.Const", "tf.TensorListGetItem", "tf.TensorListStack");
  private static final Set<String> PRODUCTS =
      Set.of("tf.MatMul", "tf.BatchMatMulV2", "tf.BatchMatMulV3");
  private static final Set<String> BINARY =
      Set.of("tf.AddV2", "tf.Sub", "tf.Mul", "tf.RealDiv", "tf.Maximum", "tf.Minimum", "tf.Pow");

  private final IdentityHashMap<Tensor, Integer> unknown = new IdentityHashMap<>();

  /** Begins a forward pass. */
  void clear() {
    unknown.clear();
  }

  /**
   * Takes note of one call, in order.
   *
   * @return whether a node has all shapes that a count needs
   */
  boolean follow(Call call) {
    String key = call.callee().key();
    boolean node = call.callee().kind() == Callee.Kind.FUNCTION && key.startsWith("tf.");
    boolean losing = node && LOSING.contains(key);
    if (unknown.isEmpty() && !losing) {
      return true;
    }
    int first = call.inputCount() == 0 ? 0 : level(call.input(0));
    int output = losing ? RANK_UNKNOWN : node ? inferred(call, key, first) : worst(call);
    for (int i = 0; i < call.outputCount(); i++) {
      if (output == 0) {
        unknown.remove(call.output(i));
      } else {
        unknown.put(call.output(i), output);
      }
    }
    return output == 0 && (first == 0 || BINARY.contains(key));
  }

  private int inferred(Call call, String key, int first) {
    if (SURE.contains(key)) {
      return 0;
    }
    if (key.equals("tf.BiasAdd")) {
      return first;
    }
    if (PRODUCTS.contains(key)) {
      return first == 0 ? worst(call) : BATCH_UNKNOWN;
    }
    int worst = worst(call);
    boolean batchKnownElsewhere =
        worst == BATCH_UNKNOWN
            && BINARY.contains(key)
            && call.inputCount() == 2
            && (first == 0 || level(call.input(1)) == 0)
            && batch(call) > 1;
    return batchKnownElsewhere ? 0 : worst;
  }

  /** The batch as the known operand says it: 1 might also be broadcast, so it says nothing. */
  private long batch(Call call) {
    Tensor known = call.input(level(call.input(0)) == 0 ? 0 : 1);
    boolean whole = known.rank() == call.output(0).rank() && known.rank() > 0;
    return whole ? known.size(0) : 1;
  }

  private int worst(Call call) {
    int worst = 0;
    for (int i = 0; i < call.inputCount(); i++) {
      worst = Math.max(worst, level(call.input(i)));
    }
    return worst;
  }

  private int level(Tensor tensor) {
    Integer level = unknown.get(tensor);
    return level == null ? 0 : level;
  }
}
