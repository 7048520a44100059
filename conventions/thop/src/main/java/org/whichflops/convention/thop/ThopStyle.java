package org.whichflops.convention.thop;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.whichflops.convention.Convention;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * What thop prints while it looks for rules, and what {@code profile} and {@code clever_format}
 * return.
 */
final class ThopStyle implements SummaryStyle {
  private static final String RED = "\033[91m";
  private static final String PLAIN = "\033[00m";
  private static final double[] SIZES = {1e12, 1e9, 1e6, 1e3};
  private static final String LETTERS = "TGMK";

  private final Convention convention;
  private final String normalization;

  /** 0.0.31 names every type without a rule and begins its sums with whole numbers. */
  private final boolean old;

  private ThopStyle(Convention convention, String normalization, boolean old) {
    this.convention = convention;
    this.normalization = normalization;
    this.old = old;
  }

  /** What 0.1.x prints with {@code verbose=True}. */
  static SummaryStyle recent(Convention convention) {
    return new ThopStyle(convention, "count_normalization", false);
  }

  /** What 0.0.31 prints with {@code verbose=True}. */
  static SummaryStyle old(Convention convention) {
    return new ThopStyle(convention, "count_bn", true);
  }

  @Override
  public String id() {
    return convention.about().id();
  }

  @Override
  public String source() {
    return "thop %s: r = profile(model, inputs=(x,), verbose=True), print(r), clever_format(r, '%%.3f')"
        .formatted(convention.about().version());
  }

  @Override
  public Mode mode() {
    return convention.mode();
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    ThopCounter counter = (ThopCounter) convention.counter(network);
    double ops = counter.total(pass);
    double params = counter.parameters(pass);
    boolean anyRule = counter.findsAny();
    StringBuilder text = new StringBuilder();
    for (ModuleType type : types(network.root())) {
      line(text, type);
    }
    text.append("profile() returned: (")
        .append(old && !anyRule ? "0" : PythonText.repr(ops))
        .append(", ")
        .append(anyRule ? PythonText.repr(params) : "0")
        .append(")\n")
        .append("clever_format(.., '%.3f'): ('")
        .append(cleverFormat(ops))
        .append("', '")
        .append(cleverFormat(params))
        .append("')\n\n");
    out.append(text);
  }

  /** The types in the order in which {@code model.apply} comes to them: children first. */
  private static Set<ModuleType> types(Module root) {
    Set<ModuleType> types = new LinkedHashSet<>();
    addTypes(root, types, Collections.newSetFromMap(new IdentityHashMap<>()));
    return types;
  }

  private static void addTypes(Module module, Set<ModuleType> types, Set<Module> seen) {
    if (seen.add(module)) {
      module.children().values().forEach(child -> addTypes(child, types, seen));
      types.add(module.type());
    }
  }

  private void line(StringBuilder text, ModuleType type) {
    RuleTable rules = convention.rules();
    String name = "<class '" + PythonText.name(type.qualifiedName()) + "'>";
    if (rules.find(type.key()) != null) {
      text.append("[INFO] Register ")
          .append(HookNames.of(type.key(), normalization))
          .append("() for ")
          .append(name)
          .append(".\n");
    } else if (old) {
      text.append(RED)
          .append("[WARN] Cannot find rule for ")
          .append(name)
          .append(". Treat it as zero Macs and zero Params.")
          .append(PLAIN)
          .append('\n');
    }
  }

  /** {@code clever_format} (thop/utils.py): exactly 1000 is not in thousands yet. */
  private static String cleverFormat(double number) {
    for (int i = 0; i < SIZES.length; i++) {
      if (number > SIZES[i]) {
        return PythonText.fixed(number / SIZES[i], 3) + LETTERS.charAt(i);
      }
    }
    return PythonText.fixed(number, 3) + "B";
  }
}
