package org.whichflops.engine.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tree of modules as Python's {@code print(model)} shows it (torch 2.6, modules/module.py). */
public final class ModuleRepr {
  private final Function<Module, String> extra;

  private ModuleRepr(Function<Module, String> extra) {
    this.extra = extra;
  }

  /** {@code repr(module)}, lines ended by {@code \n} but the last. */
  public static String of(Module module) {
    return of(module, Module::extraRepr);
  }

  /**
   * The same with something else in place of {@code extra_repr()}, as tools put there what they
   * counted. A class that defines {@code __repr__} itself prints what it prints.
   */
  public static String of(Module module, Function<Module, String> extra) {
    return new ModuleRepr(extra).text(module);
  }

  private String text(Module module) {
    String own = module.ownRepr();
    if (own != null) {
      return own;
    }
    return module.type().isA(ModuleList.TYPE.key()) ? ofList(module) : ofModule(module);
  }

  private String ofModule(Module module) {
    String arguments = extra.apply(module);
    List<String> lines = new ArrayList<>();
    if (!arguments.isEmpty()) {
      lines.addAll(List.of(arguments.split("\n", -1)));
    }
    int own = lines.size();
    for (Map.Entry<String, Module> child : module.children().entrySet()) {
      lines.add("(" + safe(child.getKey()) + "): " + indented(text(child.getValue())));
    }
    if (own == 1 && lines.size() == 1) {
      return safe(module.type().name()) + "(" + arguments + ")";
    }
    return block(module, lines);
  }

  /** A list shows equal neighbours once, and none of what {@code extra_repr()} says. */
  private String ofList(Module list) {
    List<String> lines = new ArrayList<>();
    int first = 0;
    int at = 0;
    @Nullable String previous = null;
    for (Module child : list.children().values()) {
      String text = text(child);
      if (previous != null && !text.equals(previous)) {
        lines.add(run(first, at - 1, previous));
        first = at;
      }
      previous = text;
      at++;
    }
    if (previous != null) {
      lines.add(run(first, at - 1, previous));
    }
    return block(list, lines);
  }

  private static String run(int first, int last, String text) {
    String line =
        first == last
            ? "(" + first + "): " + text
            : "(" + first + "-" + last + "): " + (last - first + 1) + " x " + text;
    return indented(line);
  }

  private static String block(Module module, List<String> lines) {
    String name = safe(module.type().name());
    return lines.isEmpty() ? name + "()" : name + "(\n  " + String.join("\n  ", lines) + "\n)";
  }

  /** Names may come from files: control characters could move a terminal's cursor. */
  private static String safe(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return name.replaceAll("\\p{Cntrl}", "\uFFFD");
      }
    }
    return name;
  }

  private static String indented(String text) {
    return text.replace("\n", "\n  ");
  }
}
