package org.whichflops.engine.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.whichflops.engine.formula.Attribute;

/**
 * The arguments of {@code torch.einsum}: an equation, of which tools make one number.
 *
 * @param path the cost of the contraction by {@code numpy.einsum_path}
 */
record EinsumArguments(long path) implements Arguments {
  /** numpy prints {@code 2.801e+03}, and tools read the number off that. */
  private static final MathContext PRINTED = new MathContext(4, RoundingMode.HALF_EVEN);

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.EINSUM_PATH
        ? new BigDecimal(path).round(PRINTED).longValueExact()
        : NONE.attribute(attribute, call);
  }
}
