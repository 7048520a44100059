package org.whichflops.format.keras;

import java.util.Set;
import org.whichflops.engine.tensor.Tensor;

/**
 * What TensorFlow makes of an einsum: Keras turns some equations into a matmul, which the profiler
 * counts; all others stay an Einsum node, which it does not (keras/src/backend/tensorflow/numpy.py,
 * einsum).
 */
final class EinsumNodes {
  private static final Set<String> PRODUCTS =
      Set.of(
          "a,b->ab",
          "ab,b->a",
          "ab,bc->ac",
          "ab,cb->ac",
          "abc,cd->abd",
          "abc,dc->abd",
          "abcd,abde->abce",
          "abcd,abed->abce",
          "abcd,acbe->adbe",
          "abcd,adbe->acbe",
          "abcd,aecd->acbe",
          "abcd,aecd->aceb",
          "abc,cde->abde",
          "abc,dce->abde",
          "abc,dec->abde",
          "abcd,cde->abe",
          "abcd,ced->abe",
          "abcd,ecd->abe",
          "abcde,aebf->adbcf",
          "abcde,afce->acdbf");

  private EinsumNodes() {}

  /** Adds the node of {@code left,right->result}. */
  static void add(String left, String right, String result, Tensor y, Tensor x, Tensor x2) {
    String equation = renamed(left + "," + right + "->" + result);
    if (!PRODUCTS.contains(equation)) {
      Tf.node("Einsum", y, x, x2);
      return;
    }
    long summed = 1;
    for (int i = 0; i < left.length(); i++) {
      boolean inner = right.indexOf(left.charAt(i)) >= 0 && result.indexOf(left.charAt(i)) < 0;
      summed = Math.multiplyExact(summed, inner ? x.size(i) : 1);
    }
    Tensor rows = Tf.tensor(y, Math.max(1, x.numel() / Math.max(1, summed)), summed);
    Tf.node("Reshape", rows, x);
    Tf.node(left.length() == 2 && right.length() == 2 ? "MatMul" : "BatchMatMulV2", y, rows, x2);
  }

  /** The equation with its indices named a, b, c and so on in the order they come up. */
  private static String renamed(String equation) {
    StringBuilder seen = new StringBuilder();
    StringBuilder renamed = new StringBuilder();
    for (int i = 0; i < equation.length(); i++) {
      char c = equation.charAt(i);
      if (!Character.isLetter(c)) {
        renamed.append(c);
        continue;
      }
      if (seen.indexOf(String.valueOf(c)) < 0) {
        seen.append(c);
      }
      renamed.append((char) ('a' + seen.indexOf(String.valueOf(c))));
    }
    return renamed.toString();
  }
}
