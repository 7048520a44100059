package org.whichflops.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/**
 * The small networks that every tool was run on, by the names of {@link GoldenLayerCases}.
 *
 * <p>Most are one layer inside a {@link Wrap}, as a child named {@code m}. The tables, one line a
 * case, are in the classes named {@code ...Cases} beside this one.
 */
public final class LayerCases {
  private static final Map<String, LayerCase> BY_NAME = byName();

  private LayerCases() {}

  private static Map<String, LayerCase> byName() {
    List<LayerCase> all = new ArrayList<>();
    all.addAll(ConvolutionCases.all());
    all.addAll(LinearCases.all());
    all.addAll(NormalizationCases.all());
    all.addAll(ActivationCases.all());
    all.addAll(PoolCases.all());
    all.addAll(RecurrentCases.all());
    all.addAll(AttentionCases.all());
    all.addAll(FunctionCases.all());
    all.addAll(StructureCases.all());
    Map<String, LayerCase> byName = new LinkedHashMap<>();
    for (LayerCase one : all) {
      if (byName.put(one.name(), one) != null) {
        throw new IllegalStateException("layer case '%s' is there twice".formatted(one.name()));
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  /** Every case, by kind. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * A new network of that name, at the input it was measured with.
   *
   * @throws IllegalArgumentException where there is no such case
   */
  public static Network build(String name) {
    return find(name).network();
  }

  /**
   * The same with a parameter of one element, as a network without any was given it for calflops.
   *
   * @throws IllegalArgumentException where there is no such case
   */
  public static Network buildWithParameter(String name) {
    LayerCase found = find(name);
    return LayerCase.root(name, found.input(), () -> new OneParameter(found.root().get()))
        .network();
  }

  private static LayerCase find(String name) {
    LayerCase found = BY_NAME.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no layer case is named '" + name + "'");
    }
    return found;
  }

  /**
   * The mode that the name says a case was run in, on the CPU. Other cases were run in the mode
   * that each tool is normally used in.
   */
  public static Optional<Mode> mode(String name) {
    if (name.endsWith("_nograd_fastpath")) {
      return Optional.of(Mode.CPU_NO_GRAD);
    }
    return name.endsWith("_grad") ? Optional.of(Mode.CPU_GRAD) : Optional.empty();
  }
}
