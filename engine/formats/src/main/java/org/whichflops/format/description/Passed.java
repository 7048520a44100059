package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.description.Syntax.Kind;

/** What a call is given: values by their position, and by name. */
record Passed(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
  /** The values of what stands in a call's brackets. */
  static Passed in(Syntax call, Evaluator evaluator) {
    List<Syntax> parts = call.parts();
    List<@Nullable Object> positional = new ArrayList<>(parts.size());
    Map<String, @Nullable Object> named = Map.of(); // as most calls have none
    for (int i = 1; i < parts.size(); i++) {
      Syntax part = parts.get(i);
      if (part.kind() == Kind.KEYWORD) {
        named = named.isEmpty() ? new LinkedHashMap<>() : named;
        named.put(part.text(), evaluator.value(part.parts().get(0)));
      } else if (part.kind() == Kind.SPREAD) {
        if (!(evaluator.value(part.parts().get(0)) instanceof List<?> list)) {
          throw part.error("only a list can be spread");
        }
        positional.addAll(list);
      } else {
        positional.add(evaluator.value(part));
      }
    }
    return new Passed(positional, named);
  }
}
