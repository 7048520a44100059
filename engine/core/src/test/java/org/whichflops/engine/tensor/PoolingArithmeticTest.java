package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Pool;

/** Poolings against nested loops that count. */
class PoolingArithmeticTest {
  private final ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
  private final Loops loops = new Loops();

  static LongStream seeds() {
    return new SplittableRandom(20260103).longs(200);
  }

  /** Taps on padding, or past the edge with ceil_mode, are computed like all others. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void pool_readsAllOfItsWindow(long seed) {
    var random = new SplittableRandom(seed);
    int dims = random.nextInt(1, 4);
    int[] kernel = random.ints(dims, 1, 4).toArray();
    long taps = Arrays.stream(kernel).asLongStream().reduce(1, (a, b) -> a * b);
    int[] padding = Arrays.stream(kernel).map(k -> random.nextInt(k / 2 + 1)).toArray();
    boolean max = random.nextBoolean();
    Pool pool = max ? Pool.maxPool(dims, kernel) : Pool.avgPool(dims, kernel);
    Tensor y =
        pool.stride(random.ints(dims, 1, 4).toArray())
            .padding(padding)
            .ceilMode(random.nextBoolean())
            .call(pass.input(random.longs(dims + 2, 3, 7).toArray()));
    Loops.each(y.shape().sizes(), output -> pooled(max, taps));
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  /** Output i reads from floor(i * in / out) up to ceil((i + 1) * in / out). */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void adaptivePool_readsUnequalWindows(long seed) {
    var random = new SplittableRandom(seed);
    int dims = random.nextInt(1, 4);
    int[] out = random.ints(dims, 1, 6).toArray();
    long[] in = random.longs(dims + 2, 1, 7).toArray();
    boolean max = random.nextBoolean();
    AdaptivePool pool =
        max ? AdaptivePool.adaptiveMaxPool(dims, out) : AdaptivePool.adaptiveAvgPool(dims, out);
    Tensor y = pool.call(pass.input(in));
    Loops.each(
        y.shape().sizes(),
        output -> {
          long taps = 1;
          for (int i = 0; i < dims; i++) {
            taps *=
                (long)
                    (Math.ceil((output[i + 2] + 1) * in[i + 2] / (double) out[i])
                        - Math.floor(output[i + 2] * in[i + 2] / (double) out[i]));
          }
          pooled(max, taps);
        });
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  private void pooled(boolean max, long taps) {
    if (max) {
      loops.maximum(taps);
    } else {
      loops.sum(taps);
      loops.divide();
    }
  }
}
