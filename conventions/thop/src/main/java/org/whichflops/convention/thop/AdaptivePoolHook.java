package org.whichflops.convention.thop;

import java.util.Arrays;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.AlikeCalls;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * What {@code count_adap_avgpool} looks at: sizes from the third dimension on, which are one fewer
 * than meant where the input has no batch.
 */
final class AdaptivePoolHook {
  private static final String WITHOUT_BATCH = " without batch";

  private AdaptivePoolHook() {}

  /** The key of a call's rule: its module's, with a remark where the input has no batch. */
  static String key(Call call) {
    return isWithoutBatch(call) ? call.callee().key() + WITHOUT_BATCH : call.callee().key();
  }

  private static boolean isWithoutBatch(Call call) {
    return call.callee() instanceof AdaptivePool pool
        && call.input(0).rank() == pool.hyperparameters().dims() + 1;
  }

  /**
   * Whether any module of the kind is called without a batch. The first of a key may be somebody's
   * own module under PyTorch's name.
   */
  static boolean isWithoutBatch(ForwardPass pass) {
    for (AlikeCalls alike : pass.alike()) {
      if (alike.first().key().startsWith("nn.Adaptive")
          && Arrays.stream(alike.indices()).anyMatch(i -> isWithoutBatch(pass.call(i)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same up to 0.0.31, where the sizes divided by are {@code output_size} as it was given.
   *
   * @throws ToolFailureException where {@code output_size} has None in it, or more numbers than can
   *     be divided by
   */
  static String keyByOutputSize(Call call) {
    String key = key(call);
    if (!(call.callee() instanceof AdaptivePool pool)
        || !call.callee().key().startsWith("nn.AdaptiveAvgPool")) {
      return key;
    }
    Extents size = pool.hyperparameters().size();
    if (!size.atLeast(1)) {
      throw new ToolFailureException(Thop0031Rules.NONE_IS_NO_NUMBER);
    }
    if (!key.endsWith(WITHOUT_BATCH) || size.isNumber()) {
      return key;
    }
    if (size.count() == 3) {
      throw new ToolFailureException(
          "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at "
              + "non-singleton dimension 0");
    }
    return key + ", two sizes given";
  }
}
