package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.description.Syntax.Kind;

/**
 * Python's square brackets behind a value.
 *
 * @param evaluator what evaluates the parts
 */
record Brackets(Evaluator evaluator) {
  /** {@code a[b]}: an item, a member, or a part of a tensor. */
  @Nullable Object value(Syntax syntax) {
    Object value = evaluator.value(syntax.parts().get(0));
    if (value instanceof List<?> list) {
      return item(syntax, list);
    }
    if (value instanceof Module of) {
      Syntax part = syntax.parts().get(1);
      Object index = evaluator.value(part);
      String name = index instanceof String text ? text : String.valueOf(index);
      Object member = Evaluator.member(of, name);
      if (member == null) {
        throw part.error("%s has no '%s'".formatted(of.type(), name));
      }
      return member;
    }
    if (!(value instanceof Tensor tensor)) {
      throw syntax.error("%s has no items".formatted(Values.text(value)));
    }
    Tensor x = evaluator.onPass(tensor);
    if (syntax.parts().size() == 2
        && syntax.parts().get(1).kind() != Kind.SLICE
        && evaluator.value(syntax.parts().get(1)) instanceof Tensor indices) {
      return x.get(indices.shape());
    }
    return x.get(indices(syntax));
  }

  private @Nullable Object item(Syntax syntax, List<?> list) {
    Syntax part = syntax.parts().get(1);
    if (part.kind() == Kind.SLICE) {
      int from = bound(part.parts().get(0), 0, list.size());
      int to = bound(part.parts().get(1), list.size(), list.size());
      return new ArrayList<>(list.subList(Math.min(from, to), to));
    }
    Object index = evaluator.value(part);
    if (index instanceof Long whole && whole < list.size() && whole >= -list.size()) {
      return list.get((int) (whole < 0 ? whole + list.size() : whole));
    }
    throw part.error("%s in a list of %d".formatted(Values.text(index), list.size()));
  }

  private int bound(Syntax syntax, int fallback, int size) {
    Object value = evaluator.value(syntax);
    if (value == null) {
      return fallback;
    }
    long whole = Numbers.whole(syntax, value);
    return (int) Math.max(0, Math.min(size, whole < 0 ? whole + size : whole));
  }

  /** What stands in the brackets, for a tensor. */
  Index[] indices(Syntax syntax) {
    List<Index> parts = new ArrayList<>();
    for (Syntax part : syntax.parts().subList(1, syntax.parts().size())) {
      if (part.kind() == Kind.SLICE) {
        Object from = evaluator.value(part.parts().get(0));
        Object to = evaluator.value(part.parts().get(1));
        Object step = evaluator.value(part.parts().get(2));
        long stride = step == null ? 1 : Numbers.whole(part, step);
        if (stride < 1) {
          throw part.error("a step is 1 or more");
        }
        parts.add(
            new Index(
                Index.Kind.RANGE,
                from == null ? 0 : Numbers.whole(part, from),
                to == null ? Long.MAX_VALUE : Numbers.whole(part, to),
                stride));
      } else if (part.kind() == Kind.NAME && part.text().equals("...")) {
        parts.add(Index.REST);
      } else if (part.kind() == Kind.NAME && part.text().equals("None")) {
        parts.add(Index.NEW);
      } else {
        parts.add(Index.at(Numbers.whole(part, evaluator.value(part))));
      }
    }
    return parts.toArray(Index[]::new);
  }
}
