package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;

/** What can be called: a module, a function or an operator. */
public interface Callee {
  /** The three heights from which a forward pass can be watched. */
  enum Kind {
    /** An {@code nn.Module}. */
    MODULE,
    /** A Python function or method: {@code F.relu}, {@code Tensor.view}, {@code Tensor.__add__}. */
    FUNCTION,
    /** An ATen operator: {@code aten.convolution}. */
    OPERATOR
  }

  /** The height at which calls of this are seen. */
  Kind kind();

  /**
   * The name that rules look up, unique over all kinds: {@code nn.Conv2d}, {@code F.relu}, {@code
   * aten.convolution}.
   */
  String key();

  /**
   * The same, with the variant in brackets where there are several of that name: {@code
   * aten.gelu[tanh]}. What has the same is the same operator, or function, or class of modules.
   */
  default String variantKey() {
    return key();
  }

  /**
   * The value of an attribute that is the same for every call of this.
   *
   * @throws UnknownQuantityException where it has no such attribute
   */
  default long attribute(Attribute attribute) {
    throw new UnknownQuantityException(
        "%s has no '%s' (%s)".formatted(key(), attribute.symbol(), attribute.meaning()));
  }

  /** The elements of its parameters and of all those below it, shared ones once. */
  default long parameterCount() {
    return 0;
  }

  /** The parameter named {@code weight} that every call of this uses, or null. */
  default @Nullable Tensor weight() {
    return null;
  }
}
