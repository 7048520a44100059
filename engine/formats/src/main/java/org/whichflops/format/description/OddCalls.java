package org.whichflops.format.description;

import java.util.Set;
import java.util.TreeSet;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;

/**
 * Function calls that come out of a description as other operators than those that were seen: a
 * file may have {@code +=} run as {@code add}. Subscripts are let be, which fall into the same
 * pieces in another order.
 */
final class OddCalls {
  private OddCalls() {}

  /** The calls by their place in the first pass; none where the passes call different things. */
  static Set<Integer> of(ForwardPass expected, ForwardPass actual) {
    Set<Integer> odd = new TreeSet<>();
    int at = 0;
    for (int i = 0; i < expected.size(); i++) {
      Call call = expected.call(i);
      if (call.callee().kind() == Callee.Kind.OPERATOR) {
        continue;
      }
      while (at < actual.size() && actual.call(at).callee().kind() == Callee.Kind.OPERATOR) {
        at++;
      }
      if (at == actual.size() || !actual.call(at).callee().key().equals(call.callee().key())) {
        return odd;
      }
      if (isOdd(expected, call, actual, actual.call(at))) {
        odd.add(i);
      }
      at++;
    }
    return odd;
  }

  private static boolean isOdd(ForwardPass expected, Call a, ForwardPass actual, Call b) {
    String key = a.callee().key();
    if (a.callee().kind() != Callee.Kind.FUNCTION || key.endsWith("item__")) {
      return false;
    }
    if (key.equals("torch.einsum")) {
      for (Attribute attribute : Attribute.values()) {
        if (FunctionText.attribute(a, attribute) != FunctionText.attribute(b, attribute)) {
          return true;
        }
      }
    }
    return !operators(expected, a).equals(operators(actual, b));
  }

  private static String operators(ForwardPass pass, Call call) {
    StringBuilder all = new StringBuilder();
    for (int i = call.index() + 1; i < call.end(); i++) {
      if (pass.call(i).callee() instanceof Operator operator) {
        all.append(operator.variantKey()).append(' ');
      }
    }
    return all.toString();
  }
}
