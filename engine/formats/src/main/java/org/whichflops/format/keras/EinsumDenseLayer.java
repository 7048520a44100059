package org.whichflops.format.keras;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** {@code EinsumDense}: a product of the input with a kernel, by an equation. */
final class EinsumDenseLayer extends ActivatedLayer {
  private final String left;
  private final String right;
  private final String result;
  private @Nullable Parameter kernel;
  private @Nullable Parameter bias;

  EinsumDenseLayer(LayerSpec spec) {
    super(spec);
    String equation = config().at("equation").text().replace(" ", "");
    int comma = equation.indexOf(',');
    int arrow = equation.indexOf("->");
    if (comma < 0 || arrow < comma) {
      throw config().at("equation").error("'%s' is not of the form ab,bc->ac".formatted(equation));
    }
    left = equation.substring(0, comma);
    right = equation.substring(comma + 1, arrow);
    result = equation.substring(arrow + 2);
  }

  @Override
  void build(Tensor[] inputs) {
    Tensor x = inputs[0];
    long[] sizes = new long[right.length()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(right.charAt(i), x);
    }
    kernel = weight("kernel", sizes);
    Json axes = config().get("bias_axes");
    if (axes != null && !axes.text().isEmpty()) {
      String names = axes.text();
      int first = result.length();
      for (int i = 0; i < names.length(); i++) {
        first = Math.min(first, Math.max(0, result.indexOf(names.charAt(i))));
      }
      long[] shape = new long[result.length() - first];
      for (int i = 0; i < shape.length; i++) {
        char name = result.charAt(first + i);
        shape[i] = names.indexOf(name) >= 0 ? size(name, x) : 1;
      }
      bias = weight("bias", shape);
    }
  }

  /** The size of an index: the input's, or what {@code output_shape} says. */
  private long size(char name, Tensor x) {
    boolean front = left.startsWith("...");
    String known = front ? left.substring(3) : left.replace("...", "");
    int at = known.indexOf(name);
    if (at >= 0 && at < x.rank()) {
      return front ? x.size(at - known.length()) : x.size(at);
    }
    Json shape = config().at("output_shape");
    List<Json> sizes = shape.isArray() ? shape.items() : List.of(shape);
    int fromEnd = result.length() - result.indexOf(name);
    int item = sizes.size() - fromEnd;
    if (result.indexOf(name) < 0 || item < 0 || item >= sizes.size() || sizes.get(item).isNull()) {
      throw shape.error("it does not say the size of '%s' in the equation".formatted(name));
    }
    return sizes.get(item).whole(1);
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    Tensor x = inputs[0];
    Parameter weight = Objects.requireNonNull(kernel);
    Tensor y = Torch.einsum(left + "," + right + "->" + result, x, weight.on(x));
    EinsumNodes.add(left, right, result, y, x, weight);
    if (bias != null) {
      Tensor biased = y.plus(bias.on(x));
      Tf.add(biased, y, bias);
      y = biased;
    }
    return new Tensor[] {activated(y)};
  }
}
