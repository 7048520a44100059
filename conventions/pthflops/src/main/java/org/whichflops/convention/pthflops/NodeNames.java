package org.whichflops.convention.pthflops;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;

/**
 * The names that torch.fx gives nodes: a module's path or a function's name, in snake case, and a
 * number where it is taken ({@code torch/fx/graph.py} of torch 2.6, {@code _Namespace}).
 *
 * <p>Nodes that the engine does not know, such as sizes that are read, take names too, but never
 * one of a counted node.
 */
final class NodeNames {
  private static final Pattern NUMBERED = Pattern.compile("(.*)_(\\d+)");

  /** A few of Python's keywords and built-ins that modules or functions have for names. */
  private static final Set<String> RESERVED =
      Set.of(
          "abs",
          "all",
          "any",
          "bin",
          "bool",
          "dict",
          "dir",
          "filter",
          "float",
          "format",
          "hash",
          "help",
          "id",
          "input",
          "int",
          "iter",
          "len",
          "list",
          "map",
          "max",
          "min",
          "next",
          "object",
          "open",
          "pow",
          "print",
          "range",
          "round",
          "set",
          "slice",
          "sorted",
          "str",
          "sum",
          "super",
          "tuple",
          "type",
          "vars",
          "zip",
          "and",
          "as",
          "assert",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          "inf",
          "nan",
          "torch",
          "device");

  private final Set<String> used = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  NodeNames() {
    used.add("x");
  }

  /** The name of the next node. */
  String next(Network network, Call call) {
    String target =
        call.callee() instanceof Module module ? network.path(module) : bare(call.callee().key());
    return unique(
        target
            .replaceAll("(?<=[a-z])([A-Z])", "_$1")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^0-9a-zA-Z_]+", "_"));
  }

  /** {@code add} of {@code Tensor.__iadd__}: the tracer's operator for all ways to write it. */
  private static String bare(String key) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    return switch (name) {
      case "__radd__", "__iadd__" -> "add";
      case "__isub__" -> "sub";
      case "__rmul__", "__imul__" -> "mul";
      case "__itruediv__" -> "truediv";
      default -> name.startsWith("__") ? name.substring(2, name.length() - 2) : name;
    };
  }

  private String unique(String wanted) {
    String candidate = Character.isDigit(wanted.charAt(0)) ? "_" + wanted : wanted;
    Matcher numbered = NUMBERED.matcher(candidate);
    String base = candidate;
    int number = 0;
    if (numbered.matches()) {
      base = numbered.group(1);
      number = Integer.parseInt(numbered.group(2));
      candidate = base + "_" + number;
    }
    if (number == 0) {
      number = counts.getOrDefault(base, 0);
    }
    while (used.contains(candidate) || RESERVED.contains(candidate)) {
      number++;
      candidate = base + "_" + number;
    }
    used.add(candidate);
    counts.put(base, number);
    return candidate;
  }
}
