package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.Operator;

/**
 * A call as it was recorded: {@code record('F.bilinear', x, y, out=tensor(2, 5), run=[...])}. It
 * says what ran, of which sizes, and what formulas ask, and leaves open with which arguments.
 */
final class RecordText {
  private static final Attribute[] OF_TENSORFLOW = {Attribute.KERNEL, Attribute.STRIDES};

  private final Variables variables;
  private final List<String> lines;

  /**
   * Writes calls of a forward.
   *
   * @param lines the forward's so far, to which those are added that name what comes out
   */
  RecordText(Variables variables, List<String> lines) {
    this.variables = variables;
    this.lines = lines;
  }

  /** Whether a call holds no other: its name and its tensors are all there is to it. */
  static boolean isAlone(Sampled call) {
    return call.first().callee().kind() == Callee.Kind.FUNCTION
        && (call.key().startsWith("tf.") || call.first().end() == call.first().index() + 1);
  }

  /** Whether a module is called inside, which has no place in a record. */
  static boolean covers(Sampled call) {
    for (Sampled inner : call.children()) {
      if (inner.first().callee().kind() == Callee.Kind.MODULE || !covers(inner)) {
        return false;
      }
    }
    return true;
  }

  /** The record as a call of the outermost word. */
  String text(Sampled call) {
    if (!isAlone(call)) {
      name(call, lines);
    }
    return text("record", call);
  }

  /** Names what comes out of a call and of those inside it: tensors that they share. */
  private void name(Sampled call, List<String> into) {
    for (int i = 0; i < call.first().outputCount(); i++) {
      if (!variables.knows(call, i)) {
        String sizes = tensor(call, i);
        into.add(variables.define(call, i) + " = " + sizes);
      }
    }
    call.children().forEach(inner -> name(inner, into));
  }

  private String text(String word, Sampled call) {
    StringBuilder text = new StringBuilder(word).append("('").append(name(call)).append('\'');
    for (int i = 0; i < call.first().inputCount(); i++) {
      text.append(", ").append(variables.input(call, i));
    }
    text.append(", out=").append(outputs(call));
    attributes(text, call, isAlone(call) ? OF_TENSORFLOW : Attribute.values());
    List<String> inside = new ArrayList<>();
    for (Sampled inner : call.children()) {
      boolean operator = inner.first().callee().kind() == Callee.Kind.OPERATOR;
      inside.add(text(operator ? "operator" : "function", inner));
    }
    if (!inside.isEmpty()) {
      text.append(", run=[").append(String.join(", ", inside)).append(']');
    }
    return text.append(')').toString();
  }

  private static String name(Sampled call) {
    return call.first().callee() instanceof Operator operator
        ? operator.variantKey().replaceFirst("^aten\\.", "")
        : call.key();
  }

  private String outputs(Sampled call) {
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < call.first().outputCount(); i++) {
      outputs.add(variables.output(call, i));
    }
    return outputs.size() == 1 ? outputs.get(0) : "[" + String.join(", ", outputs) + "]";
  }

  private String tensor(Sampled call, int output) {
    List<String> sizes = new ArrayList<>();
    for (int dim = 0; dim < call.first().output(output).rank(); dim++) {
      sizes.add(variables.need(call.outputSizes(output, dim)));
    }
    return "tensor(" + String.join(", ", sizes) + ")";
  }

  private void attributes(StringBuilder text, Sampled of, Attribute[] wanted) {
    for (Attribute attribute : wanted) {
      long[] values = new long[of.count()];
      boolean known = true;
      for (int s = 0; known && s < values.length; s++) {
        values[s] = FunctionText.attribute(of.call(s), attribute);
        known = values[s] >= 0;
      }
      boolean unsaid =
          attribute == Attribute.SIZE_PRODUCTS && Arrays.stream(values).allMatch(v -> v == 0);
      if (known && !unsaid) {
        text.append(", ").append(attribute.symbol()).append('=').append(variables.need(values));
      }
    }
  }
}
