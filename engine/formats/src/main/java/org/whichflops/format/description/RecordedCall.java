package org.whichflops.format.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** A call that a description says was recorded. */
final class RecordedCall {
  private RecordedCall() {}

  /** {@code record('tf.MaxPool', x, out=y, K=4)}: a call that only tools see. */
  static Object of(
      ForwardPass in,
      Syntax syntax,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    if (positional.isEmpty()
        || !(positional.get(0) instanceof String name)
        || !(named.get("out") instanceof Tensor output)) {
      throw syntax.error("record takes a function's name, tensors, and out=tensor");
    }
    Map<String, Long> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : named.entrySet()) {
      if (!entry.getKey().equals("out")) {
        if (!(entry.getValue() instanceof Long whole)) {
          throw syntax.error("attribute '%s' is a whole number".formatted(entry.getKey()));
        }
        attributes.put(entry.getKey(), whole);
      }
    }
    Arguments arguments = attributes.isEmpty() ? Arguments.NONE : new Attributes(attributes);
    Call call = in.begin(Function.named(name), arguments);
    for (Object input : positional.subList(1, positional.size())) {
      if (!(input instanceof Tensor tensor)) {
        throw syntax.error("record takes tensors, not " + Values.text(input));
      }
      in.input(call, tensor);
    }
    return in.end(
        call, output instanceof Parameter parameter ? in.input(parameter.shape().sizes()) : output);
  }

  /** Attributes by their symbols. */
  private record Attributes(Map<String, Long> values) implements Arguments {
    @Override
    public long attribute(Attribute attribute, Call call) {
      Long value = values.get(attribute.symbol());
      return value == null ? NONE.attribute(attribute, call) : value;
    }
  }
}
