package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.MultiheadAttention;

/** Attention, fused or in pieces, against loops that count. */
class AttentionArithmeticTest {
  private static final List<Mode> MODES = List.of(Mode.DECOMPOSED, Mode.CPU_GRAD, Mode.CPU_NO_GRAD);

  private final Loops loops = new Loops();

  static LongStream seeds() {
    return new SplittableRandom(20260105).longs(150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void scaledDotProduct_isTheSameWorkInEveryMode(long seed) {
    var random = new SplittableRandom(seed);
    long[] batch = random.longs(random.nextInt(3), 1, 4).toArray();
    long queries = random.nextLong(1, 5);
    long keys = random.nextLong(1, 5);
    long width = random.nextLong(1, 5);
    long valueWidth = random.nextBoolean() ? width : random.nextLong(1, 5);
    boolean masked = random.nextBoolean();
    Loops.each(batch, head -> attend(queries, keys, width, valueWidth, masked));
    for (Mode mode : MODES) {
      ForwardPass pass = new ForwardPass(mode);
      Attention.scaledDotProduct(
          pass.input(append(batch, queries, width)),
          pass.input(append(batch, keys, width)),
          pass.input(append(batch, keys, valueWidth)),
          masked);
      assertThat(Work.of(pass)).as(mode.toString()).isEqualTo(loops.work());
    }
  }

  /** The fused operator of the fast path does what the functions of the slow path do. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void multiheadAttention_isTheSameWorkInEveryMode(long seed) {
    var random = new SplittableRandom(seed);
    int heads = 2 * random.nextInt(1, 3);
    int headWidth = random.nextInt(1, 4);
    int width = heads * headWidth;
    long batch = random.nextLong(1, 4);
    long length = random.nextLong(1, 5);
    boolean weights = random.nextBoolean();
    MultiheadAttention module = new MultiheadAttention(width, heads).batchFirst();
    for (long n = 0; n < batch; n++) {
      project(length, width, width, true, 4);
      for (int head = 0; head < heads; head++) {
        attend(length, length, headWidth, headWidth, false);
      }
      average(weights, heads, length, length);
    }
    for (Mode mode : MODES) {
      ForwardPass pass = new ForwardPass(mode);
      Tensor x = pass.input(batch, length, width);
      (weights ? module : module.withoutWeights()).call(x, x, x);
      assertThat(Work.of(pass)).as(mode.toString()).isEqualTo(loops.work());
    }
  }

  static Stream<Mode> modes() {
    return MODES.stream();
  }

  /** Queries from one sequence, keys and values from another, all of their own widths. */
  @ParameterizedTest
  @MethodSource("modes")
  void multiheadAttention_overAMemory(Mode mode) {
    ForwardPass pass = new ForwardPass(mode);
    new MultiheadAttention(6, 3)
        .keysAndValues(5, 4)
        .noBias()
        .call(pass.input(7, 2, 6), pass.input(8, 2, 5), pass.input(8, 2, 4));
    for (int n = 0; n < 2; n++) {
      project(7, 6, 6, false, 2);
      project(8, 5, 6, false, 1);
      project(8, 4, 6, false, 1);
      for (int head = 0; head < 3; head++) {
        attend(7, 8, 2, 2, false);
      }
      average(true, 3, 7, 8);
    }
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  private void project(long rows, long in, long out, boolean bias, int times) {
    for (long i = 0; i < times * rows * out; i++) {
      loops.dot(in);
      if (bias) {
        loops.add();
      }
    }
  }

  /** Softmax(q k / sqrt(d) + mask) v for one head; the queries are scaled. */
  private void attend(long queries, long keys, long width, long valueWidth, boolean masked) {
    for (long q = 0; q < queries; q++) {
      for (long i = 0; i < width; i++) {
        loops.multiply();
      }
      for (long k = 0; k < keys; k++) {
        loops.dot(width);
        if (masked) {
          loops.add();
        }
      }
      loops.softmax(keys);
      for (long i = 0; i < valueWidth; i++) {
        loops.dot(keys);
      }
    }
  }

  private void average(boolean weights, int heads, long queries, long keys) {
    for (long i = 0; i < queries * keys && weights; i++) {
      loops.sum(heads);
      loops.divide();
    }
  }

  private static long[] append(long[] batch, long... last) {
    return LongStream.concat(LongStream.of(batch), LongStream.of(last)).toArray();
  }
}
