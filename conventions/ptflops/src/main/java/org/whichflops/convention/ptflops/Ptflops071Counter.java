package org.whichflops.convention.ptflops;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as 0.7.1 does, the first version that patches functions, which fails wherever an input
 * constructor is needed and wherever a tensor's own method is patched.
 */
final class Ptflops071Counter extends KeywordCounter {
  private final SelectedCalls broken =
      new SelectedCalls(call -> missing(call.callee().key()) != null);

  Ptflops071Counter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected Attribute enlarged() {
    return Attribute.ENLARGED_BY_BATCH;
  }

  @Override
  protected void check(ForwardPass pass) {
    super.check(pass);
    if (byKeyword(pass)) {
      // pytorch_engine.py:38 runs the constructor's input, and line 60 a variable never set.
      throw new ToolFailureException(
          "UnboundLocalError: cannot access local variable 'batch' where it is not associated with "
              + "a value");
    }
    for (int i : broken.of(pass)) {
      String missing = Objects.requireNonNull(missing(pass.call(i).callee().key()));
      throw new ToolFailureException(
          "TypeError: %s missing 1 required positional argument: %s"
              .formatted((Object[]) missing.split(" ", -1)));
    }
    checkFactors(pass);
  }

  /** Products and operations element by element are {@code np.prod} (pytorch_ops.py:341-375). */
  @Override
  boolean isNumpy(ForwardPass pass) {
    for (int i = 0; i < pass.size(); i++) {
      Callee callee = pass.call(i).callee();
      if (callee.kind() == Callee.Kind.FUNCTION
          && callee.key().startsWith("torch.")
          && rules().find(callee.key()) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the patched method lacks: an object in place of a method is called without the tensor
   * itself (pytorch_engine.py:412-440).
   */
  private static @Nullable String missing(String key) {
    return switch (key) {
      case "Tensor.matmul", "Tensor.mm", "Tensor.bmm" -> "_matmul_tensor_flops_hook() 'other'";
      case "Tensor.addmm" -> "_addmm_tensor_flops_hook() 'mat2'";
      case "Tensor.mul", "Tensor.add" -> "_elementwise_tensor_flops_hook() 'other'";
      default -> null;
    };
  }
}
