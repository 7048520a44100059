package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleDict;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/** Writes a network as a description, from runs in which it always did the same. */
final class DescriptionWriter {
  private final Network network;
  private final List<ForwardPass> passes;
  private final Set<Integer> recorded;
  private final Map<Module, Sampled> calls = new HashMap<>();
  private final IdentityHashMap<Module, String> written = new IdentityHashMap<>();
  private final IdentityHashMap<Parameter, String> parameters = new IdentityHashMap<>();
  private final Map<String, Object> ties = new LinkedHashMap<>();

  /**
   * A writer of what was seen.
   *
   * @param recorded the calls, by their place in the first run, that are written as recorded
   */
  DescriptionWriter(Network network, List<ForwardPass> passes, Set<Integer> recorded) {
    this.network = network;
    this.passes = passes;
    this.recorded = recorded;
    collect();
  }

  /** All calls of every module, in all runs. */
  private void collect() {
    IdentityHashMap<Module, List<int[]>> found = new IdentityHashMap<>();
    for (int p = 0; p < passes.size(); p++) {
      for (int i = 0; i < passes.get(p).size(); i++) {
        if (passes.get(p).call(i).callee() instanceof Module module) {
          found.computeIfAbsent(module, m -> new ArrayList<>()).add(new int[] {p, i});
        }
      }
    }
    found.forEach(
        (module, at) -> {
          List<ForwardPass> runs = new ArrayList<>();
          int[] indices = new int[at.size()];
          for (int i = 0; i < indices.length; i++) {
            runs.add(passes.get(at.get(i)[0]));
            indices[i] = at.get(i)[1];
          }
          calls.put(module, new Sampled(runs, indices));
        });
  }

  /** The description's fields behind the input. */
  Map<String, Object> write() {
    Map<String, Object> root = new LinkedHashMap<>(container(network.root(), ""));
    if (!ties.isEmpty()) {
      root.put("tie", ties);
    }
    return root;
  }

  private Object module(Module module, String path) {
    String earlier = written.putIfAbsent(module, path);
    if (earlier != null) {
      ties.put(path, earlier);
      return "Identity()"; // until it is tied to the module it stands for
    }
    String constructor = constructor(module);
    boolean frozen = constructor != null && isFrozen(module);
    if (constructor == null || (!module.children().isEmpty() && !isPlain(module))) {
      return container(module, path);
    }
    noteParameters(module, path);
    String text = constructor + (frozen ? ".requires_grad_(False)" : "");
    if (isTorch(module.type())) {
      return text;
    }
    Map<String, Object> subclass = type(module.type());
    subclass.put("is", text);
    return subclass;
  }

  private static boolean isTorch(ModuleType type) {
    return type.qualifiedName().startsWith("torch.nn.modules.") && TorchModules.knows(type.name());
  }

  /** Whether all that is below a module comes with it, as in MultiheadAttention. */
  private static boolean isPlain(Module module) {
    return module.type().name().equals("MultiheadAttention");
  }

  private static @org.jspecify.annotations.Nullable String constructor(Module module) {
    boolean known = isTorch(module.type()) || Subclass.covers(module);
    return known ? ConstructorText.of(module) : null;
  }

  private static boolean isFrozen(Module module) {
    boolean frozen = !module.parameters().isEmpty();
    for (Parameter parameter : module.parameters().values()) {
      frozen &= !parameter.trainable();
    }
    for (Parameter parameter : module.parameters().values()) {
      if (frozen == parameter.trainable()) {
        throw new ConversionException(module.type() + " has parameters frozen in part");
      }
    }
    return frozen;
  }

  private void noteParameters(Module module, String path) {
    for (Map.Entry<String, Parameter> entry : module.parameters().entrySet()) {
      String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      String earlier = parameters.putIfAbsent(entry.getValue(), at);
      if (earlier != null) {
        ties.put(at, earlier);
      }
    }
    if (isPlain(module)) {
      module.children().forEach((name, child) -> noteParameters(child, path + "." + name));
    }
  }

  private static Map<String, Object> type(ModuleType type) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("class", type.qualifiedName());
    List<Object> bases = new ArrayList<>();
    for (ModuleType base = type.base(); base != null; base = base.base()) {
      bases.add(base.qualifiedName());
    }
    if (!bases.isEmpty()) {
      fields.put("base", bases);
    }
    return fields;
  }

  private Map<String, Object> container(Module module, String path) {
    Map<String, Object> fields = type(module.type());
    noteParameters(module, path);
    if (!module.parameters().isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>();
      module.parameters().forEach((name, parameter) -> all.put(name, described(parameter)));
      fields.put("parameters", all);
    }
    if (!module.buffers().isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>();
      module.buffers().forEach((name, buffer) -> all.put(name, sizes(buffer)));
      fields.put("buffers", all);
    }
    if (!module.children().isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>();
      module
          .children()
          .forEach(
              (name, child) ->
                  all.put(name, module(child, path.isEmpty() ? name : path + "." + name)));
      fields.put("modules", all);
    }
    if (module.returnsDict()) {
      fields.put(BesideTensors.RETURNS_DICT, true);
    }
    if (!module.takesTensorsOnly()) {
      fields.put(BesideTensors.TAKES_OTHERS, true);
    }
    attributes(module, fields);
    forward(module, path, fields);
    return fields;
  }

  /**
   * What a module of PyTorch answers to formulas, where the functions that it calls do not answer
   * that.
   */
  private void attributes(Module module, Map<String, Object> fields) {
    Sampled call = calls.get(module);
    if (call == null || !module.type().qualifiedName().startsWith("torch.nn.")) {
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    for (Attribute attribute : Attribute.values()) {
      long first = FunctionText.attribute(call.first(), attribute);
      boolean same = true;
      boolean told = true;
      for (int s = 0; s < call.count() && first >= 0; s++) {
        same &= FunctionText.attribute(call.call(s), attribute) == first;
        told &= FunctionText.attribute(call.call(s), attribute) == inner(attribute, call.call(s));
      }
      if (!told && !same) {
        throw new ConversionException(
            "%s of %s varies with the input".formatted(attribute.symbol(), module.type()));
      }
      if (!told) {
        all.put(attribute.symbol(), first);
      }
    }
    if (!all.isEmpty()) {
      fields.put("attributes", all);
    }
  }

  private static long inner(Attribute attribute, Call call) {
    try {
      return InnerCalls.attribute(attribute, call);
    } catch (UnknownQuantityException e) {
      return -1;
    }
  }

  private void forward(Module module, String path, Map<String, Object> fields) {
    Sampled call = calls.get(module);
    boolean holder = module instanceof ModuleList || module instanceof ModuleDict;
    if (call == null) {
      if (!holder && !(module instanceof org.whichflops.engine.nn.Sequential)) {
        fields.put("forward", List.of()); // never called
      }
      return;
    }
    try {
      ForwardText text = new ForwardText(module, call, recorded);
      List<String> statements = text.statements();
      if (statements != null) {
        if (text.inputs().size() > 1) {
          fields.put("inputs", text.inputs());
        }
        fields.put("forward", statements);
      }
    } catch (ConversionException e) {
      throw path.isEmpty() || String.valueOf(e.getMessage()).startsWith("'")
          ? e
          : new ConversionException("'%s': %s".formatted(path, e.getMessage()));
    }
  }

  private static Object described(Parameter parameter) {
    if (parameter.trainable()) {
      return sizes(parameter);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("shape", sizes(parameter));
    fields.put("requires_grad", false);
    return fields;
  }

  private static List<Object> sizes(Parameter parameter) {
    List<Object> sizes = new ArrayList<>();
    Arrays.stream(parameter.shape().sizes()).forEach(sizes::add);
    return sizes;
  }
}
