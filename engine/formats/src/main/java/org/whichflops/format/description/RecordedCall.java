package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * A call that a description says was recorded: {@code record('tf.MaxPool', x, out=y, K=4)}, with
 * the calls inside it as {@code run=[operator('max_pool2d', x, out=y, K=4)]}. Nothing is worked out
 * of the tensors: what came out is said.
 *
 * @param attributes what formulas are answered, by their symbols
 */
record RecordedCall(
    Callee callee,
    List<Tensor> inputs,
    List<Tensor> outputs,
    Map<String, Long> attributes,
    List<RecordedCall> inside) {
  /** Named arguments that are no attributes. */
  private static final Set<String> WORDS = Set.of("out", "run");

  /** Reads the arguments of {@code record}, {@code function} or {@code operator}. */
  static RecordedCall of(String word, Syntax syntax, Passed passed) {
    List<@Nullable Object> positional = passed.positional();
    Map<String, @Nullable Object> named = passed.named();
    List<Tensor> outputs = tensors(named.get("out"));
    if (positional.isEmpty()
        || !(positional.get(0) instanceof String name)
        || outputs == null
        || outputs.isEmpty()) {
      throw syntax.error(word + " takes a name, tensors, and out=tensor");
    }
    List<Tensor> inputs = tensors(positional.subList(1, positional.size()));
    if (inputs == null) {
      throw syntax.error(word + " takes tensors behind its name");
    }
    Map<String, Long> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : named.entrySet()) {
      if (!WORDS.contains(entry.getKey())) {
        if (!(entry.getValue() instanceof Long whole)) {
          throw syntax.error("attribute '%s' is a whole number".formatted(entry.getKey()));
        }
        attributes.put(entry.getKey(), whole);
      }
    }
    return new RecordedCall(
        word.equals("operator") ? operator(name) : Function.named(name),
        inputs,
        outputs,
        attributes,
        inside(named.get("run"), syntax));
  }

  private static Operator operator(String name) {
    Operator known = Observed.operator(name);
    return known == null ? Observed.uncounted(name) : known;
  }

  private static List<RecordedCall> inside(@Nullable Object run, Syntax syntax) {
    List<RecordedCall> all = new ArrayList<>();
    for (Object one : run instanceof List<?> list ? list : List.of()) {
      if (!(one instanceof RecordedCall call)) {
        throw syntax.error("run takes a list of operator(...) and function(...)");
      }
      all.add(call);
    }
    return all;
  }

  /** A tensor or a list of them; null where anything else is among them. */
  private static @Nullable List<Tensor> tensors(@Nullable Object out) {
    List<Tensor> all = new ArrayList<>();
    for (Object one : out instanceof List<?> list ? list : List.of(out == null ? "" : out)) {
      if (!(one instanceof Tensor tensor)) {
        return null;
      }
      all.add(tensor);
    }
    return all;
  }

  /** Records the call and those inside it; what it returns is a tensor or a list of them. */
  Object record(ForwardPass pass) {
    Arguments arguments = attributes.isEmpty() ? Arguments.NONE : new Attributes(attributes);
    Call call = pass.begin(callee, arguments);
    for (Tensor input : inputs) {
      pass.input(call, input);
    }
    inside.forEach(one -> one.record(pass));
    Tensor[] results = new Tensor[outputs.size()];
    for (int i = 0; i < results.length; i++) {
      Tensor output = outputs.get(i);
      results[i] =
          output instanceof Parameter parameter ? pass.input(parameter.shape().sizes()) : output;
    }
    pass.end(call, results);
    return results.length == 1 ? results[0] : List.of(results);
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
