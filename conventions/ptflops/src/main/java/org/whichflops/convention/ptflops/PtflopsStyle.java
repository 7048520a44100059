package org.whichflops.convention.ptflops;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.whichflops.convention.Convention;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.PythonFloat;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * What {@code get_model_complexity_info(model, ..., as_strings=False, verbose=True)} prints and
 * returns: warnings, the tree of modules with what was counted, and the result.
 */
final class PtflopsStyle implements SummaryStyle {
  private static final Set<ModuleType> NO_WARNING = Set.of(Sequential.TYPE, ModuleList.TYPE);

  private final Convention convention;
  private final Look look;

  PtflopsStyle(Convention convention, Look look) {
    this.convention = convention;
    this.look = look;
  }

  @Override
  public String id() {
    return convention.about().id();
  }

  @Override
  public String source() {
    return ("ptflops %s: r = get_model_complexity_info(model, x.shape[1:], as_strings=False%s), "
            + "print(r), flops_to_string(r[0]), params_to_string(r[1])")
        .formatted(convention.about().version(), look.isSince(Look.V06) ? ", verbose=True" : "");
  }

  @Override
  public Mode mode() {
    return convention.mode();
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    PtflopsCounter counter = (PtflopsCounter) convention.counter(network);
    long stated = counter.total(pass);
    StringBuilder text = new StringBuilder();
    if (look.isSince(Look.V06)) {
      warnOfSharedModules(network.root(), counter, text);
      warnOfTypes(network.root(), counter, text);
    }
    if (counter.byKeyword(pass)) {
      text.append("Warning! No positional inputs found for a module, assuming batch size is 1.\n");
    }
    new ShownTree(counter.perModule(pass), network.trainableParameters(), look)
        .appendTo(text, network.root());
    boolean whole = look.isSince(Look.V072);
    String number = whole ? Long.toString(stated) : PythonFloat.repr((double) stated);
    append(
        text,
        counter.isNumpy(pass) ? "np.float64(" + number + ")" : number,
        look.isSince(Look.V069)
            ? whole ? Quantity.macs(stated) : Quantity.macs((double) stated)
            : Quantity.gigaMacs((double) stated, 2),
        counter.parameters(pass));
    out.append(text);
  }

  /** What was returned, as a tuple and in words. */
  static void append(StringBuilder text, String macs, String inWords, long params) {
    text.append("\nreturn value with as_strings=False: (")
        .append(macs)
        .append(", ")
        .append(params)
        .append(")\nflops_to_string(): ")
        .append(inWords)
        .append("\nparams_to_string(): ")
        .append(Quantity.params(params))
        .append("\n\n");
  }

  /** {@code model.apply} comes to a module once for every way to it, and finds numbers there. */
  private static void warnOfSharedModules(Module root, PtflopsCounter counter, StringBuilder text) {
    Set<Module> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    apply(
        root,
        module -> {
          if (counter.hasRule(module) && !seen.add(module)) {
            text.append("Warning: variables __flops__ or __params__ are already defined for the ")
                .append("module")
                .append(PythonText.name(module.type().name()))
                .append(" ptflops can affect your code!\n");
          }
        });
  }

  /** Every type without a rule, once, children before parents. */
  private static void warnOfTypes(Module root, PtflopsCounter counter, StringBuilder text) {
    Set<ModuleType> seen = new HashSet<>();
    apply(
        root,
        module -> {
          if (seen.add(module.type())
              && !counter.hasRule(module)
              && !NO_WARNING.contains(module.type())) {
            text.append("Warning: module ")
                .append(PythonText.name(module.type().name()))
                .append(" is treated as a zero-op.\n");
          }
        });
  }

  /** {@code module.apply}: children, and then the module itself. */
  private static void apply(Module module, Consumer<Module> action) {
    for (Module child : ModuleCounts.children(module)) {
      apply(child, action);
    }
    action.accept(module);
  }
}
