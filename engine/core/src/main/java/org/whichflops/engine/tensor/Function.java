package org.whichflops.engine.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.whichflops.engine.formula.Attribute;

/** A Python function or method, by the name it is called under. One object a name. */
public final class Function implements Callee {
  private static final Map<String, Function> ALL = new ConcurrentHashMap<>();

  private final String key;

  private Function(String key) {
    this.key = key;
  }

  /** The function of a name such as {@code F.relu}, {@code torch.add} or {@code Tensor.add}. */
  public static Function named(String key) {
    Function known = ALL.get(key);
    if (known == null) {
      Function made = new Function(key);
      Function first = ALL.putIfAbsent(key, made);
      known = first == null ? made : first;
    }
    return known;
  }

  @Override
  public Kind kind() {
    return Kind.FUNCTION;
  }

  @Override
  public String key() {
    return key;
  }

  /** A function's Python computes no products of sizes unless its arguments say so. */
  @Override
  public long attribute(Attribute attribute) {
    return attribute == Attribute.SIZE_PRODUCTS ? 0 : Callee.super.attribute(attribute);
  }

  @Override
  public String toString() {
    return key;
  }
}
