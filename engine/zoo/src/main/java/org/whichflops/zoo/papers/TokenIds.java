package org.whichflops.zoo.papers;

import java.util.function.Function;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.architecture.Settings;

/** The input of language models: a row of token numbers. */
final class TokenIds {
  private TokenIds() {}

  /** The option for their number. */
  static Option<Integer> option(int fallback) {
    return Option.count("seq_len", fallback, "tokens of the input");
  }

  /** The input of that many. */
  static Function<Settings, InputSize> input(Option<Integer> length) {
    return settings -> InputSize.fixed(1, settings.get(length));
  }

  /** Whether a network with so many learnt positions can be asked for so many tokens. */
  static int checked(int length, int positions) {
    if (length > positions) {
      throw new IllegalArgumentException(
          "seq_len is at most %d, the number of positions, but it is %d"
              .formatted(positions, length));
    }
    return positions;
  }

  /** Whether an input is one. */
  static void expect(Tensor x, long positions) {
    if (x.rank() != 2 || x.size(1) > positions) {
      throw new ShapeException(
          "token ids of [batch, tokens] are expected, with at most %d tokens, but the input is %s"
              .formatted(positions, x));
    }
  }
}
