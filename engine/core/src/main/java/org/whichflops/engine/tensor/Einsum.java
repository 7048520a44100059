package org.whichflops.engine.tensor;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.whichflops.engine.shape.ShapeException;

/**
 * {@code torch.einsum} of one or two tensors.
 *
 * <p>Two tensors become one bmm: indices in both and in the result are its batch, those in both and
 * not in the result are summed over. An index of size 1 in one of them counts as not in it, and
 * where the result lacks it, the other is summed over it first. Where no index is left to sum over,
 * they are multiplied element by element (ATen's Linear.cpp, {@code if (sum_dims.empty())}).
 */
final class Einsum {
  private static final char FIRST_ELLIPSIS_INDEX = '0';
  private static final String ARROW = "->";

  private Einsum() {}

  static Tensor einsum(String equation, Tensor... tensors) {
    String written = equation.replace(" ", "");
    int arrow = written.indexOf(ARROW);
    String[] operands = written.substring(0, Math.max(0, arrow)).split(",", -1);
    if (arrow < 0
        || arrow != written.lastIndexOf(ARROW)
        || operands.length != tensors.length
        || operands.length > 2) {
      throw new ShapeException(
          "einsum expects one or two tensors and an equation with '->' but it is '%s' for %d tensors"
              .formatted(equation, tensors.length));
    }
    Map<Character, Long> sizes = new HashMap<>();
    for (int i = 0; i < operands.length; i++) {
      operands[i] = named(operands[i], tensors[i], sizes, equation);
    }
    String result = result(written.substring(arrow + ARROW.length()), sizes);
    ForwardPass pass = tensors[0].pass();
    Tensor y = pass.tensor(result.length());
    for (int i = 0; i < result.length(); i++) {
      y.set(i, size(sizes, result.charAt(i)));
    }
    Arguments arguments = arguments(written, operands, sizes, result);
    Call outer = pass.begin(Function.named("torch.einsum"), arguments).in(tensors);
    Call composite = pass.begin(Aten.EINSUM, arguments).in(tensors);
    if (tensors.length == 2) {
      product(pass, operands, tensors, result, y);
    } else {
      Recording.operator(Aten.SUM, Arguments.NONE, tensors[0], y);
    }
    pass.end(composite, y);
    return pass.end(outer, y);
  }

  /**
   * With the cost that {@code numpy.einsum_path} gives one contraction: the product of all sizes,
   * twice that where it sums over an index, and one more.
   */
  private static Arguments arguments(
      String equation, String[] operands, Map<Character, Long> sizes, String result) {
    long size = 1;
    boolean sums = false;
    for (char index : distinct(String.join("", operands))) {
      size = Math.multiplyExact(size, size(sizes, index));
      sums |= result.indexOf(index) < 0;
    }
    long path = Math.addExact(Math.multiplyExact(size, sums ? 2 : 1), 1);
    return new EinsumArguments(equation, path, size);
  }

  private static void product(
      ForwardPass pass, String[] operands, Tensor[] tensors, String result, Tensor y) {
    long batch = 1;
    long inner = 1;
    long rows = 1;
    long columns = 1;
    long onlyLeft = 1;
    long onlyRight = 1;
    for (char index : distinct(operands[0] + operands[1])) {
      long first = size(operands[0], tensors[0], index);
      long second = size(operands[1], tensors[1], index);
      boolean both = first > 1 && second > 1;
      if (result.indexOf(index) >= 0) {
        batch = Math.multiplyExact(batch, both ? first : 1);
        rows = Math.multiplyExact(rows, both ? 1 : first);
        columns = Math.multiplyExact(columns, both ? 1 : second);
      } else {
        inner = Math.multiplyExact(inner, both ? first : 1);
        onlyLeft = Math.multiplyExact(onlyLeft, both ? 1 : first);
        onlyRight = Math.multiplyExact(onlyRight, both ? 1 : second);
      }
    }
    Tensor left = summed(tensors[0], onlyLeft);
    Tensor right = summed(tensors[1], onlyRight);
    if (inner == 1) {
      Recording.operator(Aten.MUL, ElementwiseArguments.INSTANCE, left, right, y);
      return;
    }
    Recording.operator(
        Aten.BMM,
        AddedArguments.NOTHING,
        stack(pass, batch, rows, inner),
        stack(pass, batch, inner, columns),
        stack(pass, batch, rows, columns));
  }

  /** Sums over indices that neither the other tensor nor the result has, before the product. */
  private static Tensor summed(Tensor tensor, long summands) {
    if (summands == 1) {
      return tensor;
    }
    Tensor sums = tensor.pass().tensor(1);
    sums.set(0, tensor.numel() / summands);
    Recording.operator(Aten.SUM, Arguments.NONE, tensor, sums);
    return sums;
  }

  /** The size of an index in one tensor, 1 where it is broadcast or not there. */
  private static long size(String operand, Tensor tensor, char index) {
    int dim = operand.indexOf(index);
    return dim < 0 ? 1 : tensor.size(dim);
  }

  private static Tensor stack(ForwardPass pass, long batch, long rows, long columns) {
    Tensor stack = pass.tensor(3);
    stack.set(0, batch);
    stack.set(1, rows);
    stack.set(2, columns);
    return stack;
  }

  /** Gives the dimensions behind an ellipsis names of their own, and notes every index's size. */
  private static String named(
      String operand, Tensor tensor, Map<Character, Long> sizes, String equation) {
    int hidden = tensor.rank() - (operand.length() - (operand.contains("...") ? 3 : 0));
    StringBuilder ellipsis = new StringBuilder();
    for (int i = 0; i < hidden; i++) {
      ellipsis.append((char) (FIRST_ELLIPSIS_INDEX + i));
    }
    String named = operand.replace("...", ellipsis);
    if (named.length() != tensor.rank()) {
      throw new ShapeException(
          "einsum '%s' names %d dimensions of a tensor of %s"
              .formatted(equation, operand.length(), tensor));
    }
    for (int i = 0; i < named.length(); i++) {
      long size = tensor.size(i);
      Long known = sizes.get(named.charAt(i));
      if (known != null && known != size && known != 1 && size != 1) {
        throw new ShapeException(
            "einsum '%s' has two sizes for '%s': %d and %d"
                .formatted(equation, named.charAt(i), known, size));
      }
      sizes.put(named.charAt(i), known == null ? size : Math.max(known, size));
    }
    return named;
  }

  private static String result(String side, Map<Character, Long> sizes) {
    StringBuilder ellipsis = new StringBuilder();
    for (char c = FIRST_ELLIPSIS_INDEX; sizes.containsKey(c); c++) {
      ellipsis.append(c);
    }
    return side.replace("...", ellipsis);
  }

  private static long size(Map<Character, Long> sizes, char index) {
    Long size = sizes.get(index);
    if (size == null) {
      throw new ShapeException("einsum: no tensor has the index '" + index + "'");
    }
    return size;
  }

  private static Set<Character> distinct(String text) {
    Set<Character> all = new LinkedHashSet<>();
    for (int i = 0; i < text.length(); i++) {
      all.add(text.charAt(i));
    }
    return all;
  }
}
