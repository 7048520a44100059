package org.whichflops.convention.modelsummary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;

/**
 * The tree of modules with the parameters of each ({@code hierarchical_summary.py}): like Python's
 * {@code print(model)}, but a list shows every module, and classes that print themselves do not.
 *
 * @param text the lines of a module and all below it
 * @param parameters the elements of its parameters, shared ones as often as they stand there
 */
record HierarchicalSummary(String text, long parameters) {
  private static final int TITLE_WIDTH = 20;

  /** The summary of a network, with its title and the line below. */
  static String of(Module root) {
    String tree = summary(root).text;
    int longest = 0;
    for (String line : tree.split("\n", -1)) {
      longest = Math.max(longest, line.codePointCount(0, line.length()));
    }
    int pad = Math.max(longest - TITLE_WIDTH, 0) / 2;
    String rule = "=".repeat(pad);
    return rule
        + " Hierarchical Summary "
        + rule
        + "\n\n"
        + tree
        + "\n\n\n"
        + "=".repeat(2 * pad + TITLE_WIDTH + 2)
        + "\n";
  }

  private static HierarchicalSummary summary(Module module) {
    List<String> lines = new ArrayList<>();
    String extra = module.extraRepr();
    if (!extra.isEmpty()) {
      lines.addAll(List.of(extra.split("\n", -1)));
    }
    int own = lines.size();
    long sum = 0;
    for (Map.Entry<String, Module> child : module.children().entrySet()) {
      HierarchicalSummary below = summary(child.getValue());
      lines.add("(" + child.getKey() + "): " + below.text.replace("\n", "\n  "));
      sum = Math.addExact(sum, below.parameters);
    }
    for (Parameter parameter : module.parameters().values()) {
      sum = Math.addExact(sum, elements(parameter.shape()));
    }
    StringBuilder text = new StringBuilder(module.type().name()).append('(');
    if (own == 1 && lines.size() == 1) {
      text.append(lines.get(0));
    } else if (!lines.isEmpty()) {
      text.append("\n  ").append(String.join("\n  ", lines)).append('\n');
    }
    text.append("), ").append(PythonText.grouped(sum)).append(" params");
    return new HierarchicalSummary(text.toString(), sum);
  }

  private static long elements(Shape shape) {
    if (shape.rank() == 0) {
      // reduce(lambda x, y: x * y, p.shape), hierarchical_summary.py:33
      throw new ToolFailureException("TypeError: reduce() of empty iterable with no initial value");
    }
    return shape.numel();
  }
}
