package org.whichflops.engine.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Set;
import org.whichflops.engine.formula.Attribute;

/**
 * The arguments of {@code torch.einsum}: an equation, of which tools make one number.
 *
 * @param equation as given, without spaces
 * @param path the cost of the contraction by {@code numpy.einsum_path}
 * @param indices the product of the sizes of all indices
 */
record EinsumArguments(String equation, long path, long indices) implements Arguments {
  /** numpy prints {@code 2.801e+03}, and tools read the number off that. */
  private static final MathContext PRINTED = new MathContext(4, RoundingMode.HALF_EVEN);

  private static final Set<String> NON_LOCAL = Set.of("abc,abd->acd", "abc,adc->adb");

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case EINSUM_PATH -> new BigDecimal(path).round(PRINTED).longValueExact();
      case INDICES -> indices;
      case ELLIPSIS -> equation.contains("...") ? 1 : 0;
      case NON_LOCAL -> NON_LOCAL.contains(renamed(equation)) ? 1 : 0;
      default -> NONE.attribute(attribute, call);
    };
  }

  /** The equation with its letters renamed, a, b, c, in the order in which they come up. */
  private static String renamed(String equation) {
    StringBuilder letters = new StringBuilder();
    StringBuilder renamed = new StringBuilder();
    for (int i = 0; i < equation.length(); i++) {
      char c = equation.charAt(i);
      if (Character.isLetter(c)) {
        if (letters.indexOf(String.valueOf(c)) < 0) {
          letters.append(c);
        }
        renamed.append((char) ('a' + letters.indexOf(String.valueOf(c))));
      } else {
        renamed.append(c);
      }
    }
    return renamed.toString();
  }
}
