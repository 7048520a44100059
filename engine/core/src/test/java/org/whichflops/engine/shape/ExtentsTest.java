package org.whichflops.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One number stands for every dimension, whether common or not. */
class ExtentsTest {
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 16, 17, 1000})
  void oneNumber_isSpreadOverDimensions(int number) {
    for (int dims = 0; dims <= 4; dims++) {
      Extents spread = Extents.of(number).over(dims);
      assertThat(spread.count()).isEqualTo(dims);
      assertThat(spread.isNumber()).isTrue();
      assertThat(spread)
          .isEqualTo(
              Extents.of(Collections.nCopies(dims, number).stream().mapToInt(i -> i).toArray()));
      assertThat(spread.atLeast(number) && spread.atMost(number)).isTrue();
      assertThat(spread.atLeast(number + 1) || spread.atMost(number - 1)).isEqualTo(dims == 0);
    }
  }
}
