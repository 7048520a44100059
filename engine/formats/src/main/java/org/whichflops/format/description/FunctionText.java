package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.SoftmaxArguments;

/**
 * A recorded function call as Python writes it. What the record does not hold, such as the
 * dimensions of a permutation, is found from the sizes, which must agree in every sample.
 */
final class FunctionText {
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("Tensor.__add__", "+"),
          Map.entry("Tensor.__sub__", "-"),
          Map.entry("Tensor.__mul__", "*"),
          Map.entry("Tensor.__truediv__", "/"),
          Map.entry("Tensor.__matmul__", "@"),
          Map.entry("Tensor.__pow__", "**"),
          Map.entry("Tensor.__eq__", "=="),
          Map.entry("Tensor.__ne__", "!="));
  private static final Map<String, String> REFLECTED =
      Map.of("Tensor.__radd__", "+", "Tensor.__rsub__", "-", "Tensor.__rmul__", "*");
  private static final Map<String, String> IN_PLACE =
      Map.of(
          "Tensor.__iadd__",
          "operator.iadd",
          "Tensor.__isub__",
          "operator.isub",
          "Tensor.__imul__",
          "operator.imul",
          "Tensor.__itruediv__",
          "operator.itruediv");
  private final Sampled call;
  private final Variables variables;
  private final List<String> lines;
  private final Views views;

  /**
   * A call of a forward.
   *
   * @param lines the forward's so far
   */
  FunctionText(Sampled call, Variables variables, List<String> lines) {
    this.call = call;
    this.lines = lines;
    this.variables = variables;
    this.views = new Views(call, variables);
  }

  /** The expression; where Python's cannot be told from the record, the record itself. */
  String text() {
    if (!RecordText.isAlone(call)) {
      try {
        return plain(call.key());
      } catch (ConversionException e) {
        if (!RecordText.covers(call)) {
          throw e;
        }
      }
    }
    return new RecordText(variables, lines).text(call);
  }

  private String plain(String key) {
    if (key.equals("torch.arange")) {
      return "torch.arange(" + variables.need(call.outputSizes(0, 0)) + ")";
    }
    if (OPERATORS.containsKey(key)) {
      String operator = OPERATORS.getOrDefault(key, "+");
      String second =
          two() ? in(1) : operator.equals("**") ? "2" : operator.length() == 2 ? "0" : "1";
      return in(0) + " " + operator + " " + second;
    }
    if (REFLECTED.containsKey(key)) {
      return "1 " + REFLECTED.getOrDefault(key, "+") + " " + in(0);
    }
    if (IN_PLACE.containsKey(key)) {
      return IN_PLACE.getOrDefault(key, "") + "(" + in(0) + ", " + (two() ? in(1) : "1") + ")";
    }
    if (key.equals("Tensor.__neg__")) {
      return "-" + in(0);
    }
    if (key.equals("torch.cat") || key.equals("torch.stack")) {
      int dim = key.equals("torch.cat") ? views.joined() : views.stacked();
      return key + "([" + all() + "], " + dim + ")";
    }
    if (key.equals("torch.einsum")) {
      return "torch.einsum('" + new EinsumText(call).equation() + "', " + all() + ")";
    }
    if (key.equals("Tensor.__getitem__")) {
      return in(0) + "[" + new SubscriptText(call, variables).text() + "]";
    }
    if (!FunctionTable.knows(key)) {
      throw new ConversionException("function '%s' cannot be written".formatted(key));
    }
    String arguments = arguments(key);
    return key.startsWith("Tensor.")
        ? in(0) + key.substring(6) + "(" + arguments + ")"
        : key + "(" + arguments + ")";
  }

  /** A statement that has no value: {@code x[1:] = y}; null for all other calls. */
  @Nullable String statement() {
    if (!call.key().equals("Tensor.__setitem__")) {
      return null;
    }
    try {
      String part = new SubscriptText(call, variables).text();
      return in(0) + "[" + part + "] = " + (two() ? in(1) : "0");
    } catch (ConversionException e) {
      return new RecordText(variables, lines).text(call);
    }
  }

  private String in(int i) {
    return variables.input(call, i);
  }

  private String all() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < call.first().inputCount(); i++) {
      names.add(in(i));
    }
    return String.join(", ", names);
  }

  private boolean two() {
    return call.first().inputCount() > 1;
  }

  /** What a call answers to a formula; -1 where it does not. */
  static long attribute(Call call, Attribute attribute) {
    try {
      return call.arguments().attribute(attribute, call);
    } catch (UnknownQuantityException e) {
      return -1;
    }
  }

  /** What stands between the brackets: of a method all but the tensor itself. */
  private String arguments(String key) {
    String first = key.startsWith("Tensor.") ? "" : in(0);
    String separator = first.isEmpty() ? "" : ", ";
    Object given = call.first().arguments();
    if (given instanceof PoolingArguments of) {
      return first + separator + ConstructorText.pooling(key, of);
    }
    if (given instanceof AdaptivePoolingArguments of) {
      return first + separator + ConstructorText.adaptive(of.size());
    }
    if (given instanceof RecurrentArguments of) {
      return first + separator + ConstructorText.recurrent(of);
    }
    if (given instanceof ConvolutionArguments of && key.startsWith("F.conv")) {
      return convolution(of);
    }
    if (given instanceof NormalizationArguments of) {
      return first + normalization(key, of);
    }
    if (given instanceof SoftmaxArguments of) {
      return first
          + separator
          + "dim="
          + (of.dim() < 0 ? of.dim() : of.dim() - call.first().input(0).rank());
    }
    if (given instanceof InterpolationArguments of) {
      return first + separator + interpolation(of);
    }
    String viewed = views.arguments(key);
    if (viewed != null) {
      return viewed.isEmpty() ? first : first + separator + viewed;
    }
    return first + rest(key, separator);
  }

  private String rest(String key, String separator) {
    List<String> more = new ArrayList<>();
    boolean inplace = call.operator().endsWith("_") && key.startsWith("F.");
    switch (key) {
      case "F.gelu" -> {
        return call.operator().endsWith("[tanh]") ? ", approximate='tanh'" : "";
      }
      case "F.glu" -> {
        return ", dim=" + views.changed();
      }
      case "torch.pow", "Tensor.pow" -> {
        return separator + (call.operator().endsWith("]") ? "0.5" : "2");
      }
      case "torch.clamp", "Tensor.clamp", "Tensor.clamp_" -> {
        boolean both =
            call.operatorCall().arithmetic(Label.COMPARISON) > call.first().output(0).numel();
        return separator + (both ? "0, 1" : "max=1");
      }
      case "F.pixel_shuffle", "F.pixel_unshuffle" -> {
        long before = call.first().input(0).size(-1);
        long after = call.first().output(0).size(-1);
        return ", " + Math.max(before, after) / Math.min(before, after);
      }
      case "torch.where" -> {
        String first = two() ? in(1) : "0";
        return ", %s, %s".formatted(first, call.first().inputCount() > 2 ? in(2) : "0");
      }
      case "Tensor.masked_fill" -> {
        return "0, 0";
      }
      case "F.normalize" -> {
        return ", dim=" + views.normalized();
      }
      case "F.scaled_dot_product_attention" -> {
        boolean masked = attribute(call.first(), Attribute.MASKED) == 1;
        return ", " + in(1) + ", " + in(2) + (masked ? ", attn_mask=True" : "");
      }
      default -> {}
    }
    for (int i = 1; i < call.first().inputCount(); i++) {
      more.add(in(i));
    }
    if (more.isEmpty() && FunctionTable.takes(key, "other")) {
      more.add("1");
    }
    if (inplace) {
      more.add("inplace=True");
    }
    String text = String.join(", ", more);
    return text.isEmpty() ? "" : separator + text;
  }

  private String convolution(ConvolutionArguments of) {
    StringBuilder text = new StringBuilder(in(0)).append(", ").append(in(1));
    if (of.bias()) {
      text.append(", ").append(in(2));
    }
    if (call.operator().equals("aten._convolution_mode") || of.padding() == null) {
      text.append(of.padding() == null ? ", padding='same'" : ", padding='valid'");
    } else {
      text.append(", padding=").append(ConstructorText.extents(of.padding()));
    }
    text.append(", stride=").append(ConstructorText.extents(of.stride()));
    text.append(", dilation=").append(ConstructorText.extents(of.dilation()));
    if (of.transposed()) {
      text.append(", output_padding=").append(ConstructorText.extents(of.outputPadding()));
    }
    return text.append(", groups=").append(of.groups()).toString();
  }

  private String normalization(String key, NormalizationArguments of) {
    String weight = of.scaled() ? ", weight=True" : "";
    String bias = of.shifted() ? ", bias=True" : "";
    return switch (key) {
      case "F.group_norm" -> ", " + -of.row() + weight + bias;
      case "F.batch_norm" -> (of.row() == 0 ? ", running_mean=True" : "") + weight + bias;
      case "F.instance_norm" ->
          throw new ConversionException("function 'F.instance_norm' cannot be written");
      default -> ", " + views.normalizedShape(of.row()) + weight + bias;
    };
  }

  private String interpolation(InterpolationArguments of) {
    if (of.sizes() == null || isOneNumber(of)) {
      return ConstructorText.interpolation(of);
    }
    List<String> sizes = new ArrayList<>();
    for (int dim = 2; dim < call.first().output(0).rank(); dim++) {
      sizes.add(variables.need(call.outputSizes(0, dim)));
    }
    return "size=(" + String.join(", ", sizes) + ",), mode='" + of.interpolation().word() + "'";
  }

  /** Whether the size was given as one number, which tools tell from a size for each dimension. */
  private boolean isOneNumber(InterpolationArguments first) {
    long[] sizes = first.sizes();
    boolean one = sizes != null && sizes.length == 1;
    for (int s = 1; one && s < call.count(); s++) {
      one =
          call.call(s).arguments() instanceof InterpolationArguments other
              && Arrays.equals(sizes, other.sizes());
    }
    return one;
  }
}
