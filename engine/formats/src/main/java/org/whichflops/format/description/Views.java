package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;

/** Finds the arguments of functions that rearrange tensors from the sizes before and after. */
final class Views {
  private static final Set<String> SHAPED =
      Set.of("Tensor.view", "Tensor.reshape", "torch.reshape", "Tensor.new_zeros");

  private final Sampled call;
  private final Variables variables;

  Views(Sampled call, Variables variables) {
    this.call = call;
    this.variables = variables;
  }

  private Tensor x(int sample) {
    return call.input(0, sample);
  }

  private Tensor y(int sample) {
    return call.output(0, sample);
  }

  /** Whether something is so in every sample. */
  private boolean always(java.util.function.IntPredicate holds) {
    for (int s = 0; s < call.count(); s++) {
      if (!holds.test(s)) {
        return false;
      }
    }
    return true;
  }

  private ConversionException none(String what) {
    return new ConversionException(
        "%s: %s from %s to %s cannot be told from the sizes"
            .formatted(call.key(), what, x(0), y(0)));
  }

  /** The arguments behind the tensor; null where the function is none of these. */
  @Nullable String arguments(String key) {
    if (SHAPED.contains(key)) {
      String sizes = sizes(!key.equals("Tensor.new_zeros"));
      return key.equals("torch.reshape") ? "(" + sizes + ",)" : sizes;
    }
    return switch (key) {
      case "Tensor.expand" -> expanded();
      case "Tensor.repeat" -> repeated();
      case "Tensor.flatten", "torch.flatten" -> flattened(key.startsWith("Tensor"));
      case "Tensor.unflatten" -> throw none("the dimension");
      case "Tensor.permute" -> permuted();
      case "torch.permute" -> "(" + permuted() + ")";
      case "Tensor.transpose", "torch.transpose", "torch.swapaxes" -> transposed();
      case "Tensor.t", "Tensor.contiguous", "Tensor.clone" -> "";
      case "Tensor.squeeze", "torch.squeeze" -> "" + gone();
      case "Tensor.unsqueeze", "torch.unsqueeze" -> "" + come();
      case "torch.cat" -> null;
      case "Tensor.chunk", "torch.chunk" -> call.first().outputCount() + ", " + cut();
      case "Tensor.split", "torch.split" -> split();
      case "torch.tensor_split" -> variables.need(call.outputSizes(0, cut())) + ", " + cut();
      case "Tensor.unbind", "torch.unbind" -> "" + gone();
      case "torch.gather" -> "0, " + variables.input(call, 1);
      case "torch.index_select" -> changed() + ", " + variables.input(call, 1);
      case "torch.repeat_interleave" -> repeatedAlong();
      case "Tensor.mean", "Tensor.sum", "Tensor.amax", "Tensor.amin" -> reduced();
      case "torch.mean", "torch.sum", "torch.amax", "torch.amin" -> reduced();
      case "torch.norm", "Tensor.norm" -> normed();
      case "F.pad" -> padded();
      default -> null;
    };
  }

  private String sizes(boolean open) {
    List<String> sizes = new ArrayList<>();
    int left = -1;
    for (int dim = 0; dim < y(0).rank(); dim++) {
      String size = variables.size(call.outputSizes(0, dim));
      if (size == null) {
        if (left >= 0 || !open) {
          throw none("the sizes");
        }
        left = dim;
      }
      sizes.add(size == null ? "-1" : size);
    }
    return String.join(", ", sizes);
  }

  private String expanded() {
    List<String> sizes = new ArrayList<>();
    int added = y(0).rank() - x(0).rank();
    for (int d = 0; d < y(0).rank(); d++) {
      int dim = d;
      boolean same = dim >= added && always(s -> x(s).size(dim - added) == y(s).size(dim));
      sizes.add(same ? "-1" : variables.need(call.outputSizes(0, dim)));
    }
    return String.join(", ", sizes);
  }

  private String repeated() {
    List<String> times = new ArrayList<>();
    int added = y(0).rank() - x(0).rank();
    for (int dim = 0; dim < y(0).rank(); dim++) {
      long[] ratio = call.outputSizes(0, dim);
      for (int s = 0; s < ratio.length; s++) {
        ratio[s] /= dim < added ? 1 : Math.max(1, x(s).size(dim - added));
      }
      times.add(variables.need(ratio));
    }
    return String.join(", ", times);
  }

  private String flattened(boolean method) {
    int gone = x(0).rank() - y(0).rank();
    for (int from = 0; from <= y(0).rank() - 1 || from == 0; from++) {
      int first = from;
      boolean open = method || first + gone == x(0).rank() - 1;
      if (open && always(s -> isFlattened(s, first, gone))) {
        boolean toEnd = first + gone == x(0).rank() - 1;
        return toEnd ? "" + first : first + ", " + (first + gone);
      }
    }
    throw none("the dimensions");
  }

  private boolean isFlattened(int sample, int first, int gone) {
    Tensor x = x(sample);
    Tensor y = y(sample);
    long product = 1;
    for (int dim = 0; dim < x.rank(); dim++) {
      if (dim < first || dim > first + gone) {
        if (y.size(dim < first ? dim : dim - gone) != x.size(dim)) {
          return false;
        }
      } else {
        product *= x.size(dim);
      }
    }
    return y.size(first) == product;
  }

  private String permuted() {
    int[] order = new int[x(0).rank()];
    if (!permute(order, 0, 0)) {
      throw none("the order");
    }
    return ConstructorText.tuple(Arrays.stream(order).asLongStream().toArray())
        .replace("(", "")
        .replace(")", "");
  }

  private boolean permute(int[] order, int at, long used) {
    if (at == order.length) {
      return true;
    }
    for (int d = 0; d < order.length; d++) {
      int dim = d;
      boolean free = (used >> dim & 1) == 0;
      if (free && always(s -> y(s).size(at) == x(s).size(dim))) {
        order[at] = dim;
        if (permute(order, at + 1, used | 1L << dim)) {
          return true;
        }
      }
    }
    return false;
  }

  private String transposed() {
    int rank = x(0).rank();
    for (int a = 0; a < rank; a++) {
      for (int b = a + 1; b < rank; b++) {
        int first = a;
        int second = b;
        if (always(s -> isSwapped(s, first, second))) {
          return first + ", " + second;
        }
      }
    }
    throw none("the dimensions");
  }

  private boolean isSwapped(int sample, int a, int b) {
    for (int dim = 0; dim < x(sample).rank(); dim++) {
      int from = dim == a ? b : dim == b ? a : dim;
      if (y(sample).size(dim) != x(sample).size(from)) {
        return false;
      }
    }
    return true;
  }

  /** The dimension that goes away. */
  private int gone() {
    if (x(0).rank() == y(0).rank()) {
      return kept();
    }
    if (x(0).rank() != y(0).rank() + 1) {
      throw none("the dimensions");
    }
    return missing(true);
  }

  /** A dimension that squeeze keeps, since it is not 1. */
  private int kept() {
    for (int d = 0; d < x(0).rank(); d++) {
      int dim = d;
      if (always(s -> x(s).size(dim) != 1)) {
        return dim;
      }
    }
    throw none("the dimension");
  }

  /** The dimension of size 1 that comes in. */
  private int come() {
    return missing(false);
  }

  /** The dimension that only the input has, or only the output. */
  int missing(boolean inOutput) {
    int rank = inOutput ? x(0).rank() : y(0).rank();
    for (int d = 0; d < rank; d++) {
      int dim = d;
      if (always(s -> isWithout(inOutput ? x(s) : y(s), inOutput ? y(s) : x(s), dim, inOutput))) {
        return dim;
      }
    }
    throw none("the dimension");
  }

  private boolean isWithout(Tensor longer, Tensor shorter, int dim, boolean any) {
    boolean unbound = any && call.key().endsWith("unbind");
    boolean fits = unbound ? longer.size(dim) == call.first().outputCount() : longer.size(dim) == 1;
    for (int i = 0; fits && i < shorter.rank(); i++) {
      fits = shorter.size(i) == longer.size(i < dim ? i : i + 1);
    }
    return fits;
  }

  /** The one dimension whose size is another. */
  int changed() {
    for (int dim = 0; dim < x(0).rank(); dim++) {
      int at = dim;
      if (!always(s -> x(s).size(at) == y(s).size(at))) {
        return dim;
      }
    }
    return Math.min(1, x(0).rank() - 1);
  }

  /** The dimension along which the outputs are parts. */
  private int cut() {
    for (int d = 0; d < x(0).rank(); d++) {
      int dim = d;
      if (always(s -> sum(s, dim) == x(s).size(dim))
          && call.first().outputCount() > 1
          && always(s -> y(s).size(dim) < x(s).size(dim))) {
        return dim;
      }
    }
    // A part of the whole, as some exporters cut it out, is no split that Python can say.
    if (!always(s -> y(s).shape().equals(x(s).shape()))) {
      throw none("the dimension");
    }
    return 0;
  }

  private long sum(int sample, int dim) {
    long sum = 0;
    for (int i = 0; i < call.first().outputCount(); i++) {
      sum += call.output(i, sample).size(dim);
    }
    return sum;
  }

  /** The dimension along which the inputs of torch.cat are joined. */
  int joined() {
    for (int d = 0; d < y(0).rank(); d++) {
      int dim = d;
      if (always(s -> isJoined(s, dim))) {
        return dim;
      }
    }
    throw none("the dimension");
  }

  private boolean isJoined(int sample, int dim) {
    long sum = 0;
    for (int i = 0; i < call.first().inputCount(); i++) {
      Tensor part = call.input(i, sample);
      for (int at = 0; at < part.rank(); at++) {
        if (at != dim && part.size(at) != y(sample).size(at)) {
          return false;
        }
      }
      sum += part.size(dim);
    }
    return sum == y(sample).size(dim);
  }

  /** The dimension that torch.stack adds. */
  int stacked() {
    for (int d = 0; d < y(0).rank(); d++) {
      int dim = d;
      if (always(s -> y(s).size(dim) == call.first().inputCount() && isRest(y(s), x(s), dim))) {
        return dim;
      }
    }
    throw none("the dimension");
  }

  private static boolean isRest(Tensor longer, Tensor shorter, int dim) {
    for (int i = 0; i < shorter.rank(); i++) {
      if (shorter.size(i) != longer.size(i < dim ? i : i + 1)) {
        return false;
      }
    }
    return true;
  }

  private String split() {
    int dim = cut();
    List<String> sizes = new ArrayList<>();
    for (int i = 0; i < call.first().outputCount(); i++) {
      sizes.add(variables.need(call.outputSizes(i, dim)));
    }
    boolean even = true;
    for (int i = 1; i + 1 < sizes.size(); i++) {
      even &= sizes.get(i).equals(sizes.get(0));
    }
    long last = call.first().output(sizes.size() - 1).size(dim);
    even &= last <= y(0).size(dim);
    return (even ? sizes.get(0) : sizes.toString()) + ", " + dim;
  }

  private String repeatedAlong() {
    int dim = changed();
    long[] ratio = call.outputSizes(0, dim);
    for (int s = 0; s < ratio.length; s++) {
      ratio[s] /= x(s).size(dim);
    }
    return variables.need(ratio) + ", " + dim;
  }

  private String normed() {
    String dims = reduced();
    return dims.isEmpty() ? "2" : "2, " + dims;
  }

  private String reduced() {
    int rank = x(0).rank();
    if (y(0).rank() == 0) {
      return "";
    }
    for (int over = 1; over < 1 << rank; over++) {
      for (boolean keep : new boolean[] {false, true}) {
        int mask = over;
        boolean keeps = keep;
        if (always(s -> isReduced(s, mask, keeps))) {
          List<String> dims = new ArrayList<>();
          for (int dim = 0; dim < rank; dim++) {
            if ((mask >> dim & 1) != 0) {
              dims.add("" + dim);
            }
          }
          return "[" + String.join(", ", dims) + "]" + (keep ? ", keepdim=True" : "");
        }
      }
    }
    throw none("the dimensions");
  }

  private boolean isReduced(int sample, int over, boolean keep) {
    int at = 0;
    for (int dim = 0; dim < x(sample).rank(); dim++) {
      boolean gone = (over >> dim & 1) != 0;
      if (gone && !keep) {
        continue;
      }
      if (at >= y(sample).rank() || y(sample).size(at) != (gone ? 1 : x(sample).size(dim))) {
        return false;
      }
      at++;
    }
    return at == y(sample).rank();
  }

  private String padded() {
    List<String> pads = new ArrayList<>();
    int rank = x(0).rank();
    int outermost = rank;
    for (int d = rank - 1; d >= 0; d--) {
      int dim = d;
      if (!always(s -> x(s).size(dim) == y(s).size(dim))) {
        outermost = dim;
      }
    }
    for (int dim = rank - 1; dim >= Math.min(outermost, rank - 1); dim--) {
      long[] added = call.outputSizes(0, dim);
      for (int s = 0; s < added.length; s++) {
        added[s] -= x(s).size(dim);
      }
      pads.add("0");
      pads.add(variables.need(added));
    }
    return "(" + String.join(", ", pads) + ")";
  }

  /** The dimension that F.normalize runs over, from the norm that it takes inside. */
  int normalized() {
    Tensor norm = call.operatorCall().output(0);
    for (int dim = 0; dim < x(0).rank(); dim++) {
      if (norm.size(dim) == 1 && x(0).size(dim) != 1) {
        return dim;
      }
    }
    return 1;
  }

  /** The last sizes that together are so many numbers. */
  String normalizedShape(long row) {
    long product = 1;
    List<String> sizes = new ArrayList<>();
    for (int dim = x(0).rank() - 1; dim >= 0 && (product < row || sizes.isEmpty()); dim--) {
      product *= x(0).size(dim);
      sizes.add(0, "" + x(0).size(dim));
    }
    return "(" + String.join(", ", sizes) + ",)";
  }

  /** The dimension of which one position is taken. */
  int selected() {
    for (int d = 0; d < x(0).rank(); d++) {
      int dim = d;
      if (always(s -> isSelected(s, dim))) {
        return dim;
      }
    }
    throw none("the dimension");
  }

  private boolean isSelected(int sample, int dim) {
    for (int i = 0; i < y(sample).rank(); i++) {
      if (y(sample).size(i) != x(sample).size(i < dim ? i : i + 1)) {
        return false;
      }
    }
    return true;
  }
}
