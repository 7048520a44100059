package org.whichflops.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Output sizes against windows that are slid one by one. */
class SlidingTest {
  static LongStream seeds() {
    return new SplittableRandom(20260108).longs(500);
  }

  /** (W - F + 2P) / S + 1. */
  @ParameterizedTest
  @CsvSource({
    "5, 3, 1, 0, 3",
    "5, 3, 1, 1, 5",
    "7, 3, 2, 0, 3",
    "32, 5, 1, 2, 32",
    "224, 3, 1, 1, 224",
    "227, 11, 4, 0, 55",
    "224, 7, 2, 3, 112",
    "112, 3, 2, 1, 56",
  })
  void convolution_textbookFormula(long w, int f, int s, int p, long expected) {
    assertThat(Sliding.convolution(w, f, s, 2L * p, 1))
        .isEqualTo((w - f + 2L * p) / s + 1)
        .isEqualTo(expected);
  }

  /** (W - 1) * S - 2P + dilation * (F - 1) + output_padding + 1. */
  @ParameterizedTest
  @CsvSource({
    "3, 3, 1, 0, 0, 1, 5",
    "3, 3, 2, 1, 1, 1, 6",
    "7, 4, 2, 1, 0, 1, 14",
    "16, 2, 2, 0, 0, 1, 32",
    "5, 3, 1, 0, 0, 2, 9",
    "1, 1, 3, 0, 2, 1, 3",
  })
  void transposed_textbookFormula(
      long w, int f, int s, int p, int outputPadding, int dilation, long expected) {
    assertThat(Sliding.transposed(w, f, s, p, outputPadding, dilation))
        .isEqualTo((w - 1) * s - 2L * p + (long) dilation * (f - 1) + outputPadding + 1)
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void convolution_countsWindowsInside(long seed) {
    Window w = Window.random(seed);
    long inside = 0;
    for (long at = -w.padding; w.last(at) < w.in + w.padding; at += w.stride) {
      inside++;
    }
    assertThat(Sliding.convolution(w.in, w.kernel, w.stride, 2L * w.padding, w.dilation))
        .as(w.toString())
        .isEqualTo(inside);
    if (inside > 0) {
      assertThat(Sliding.pooling(w.in, w.kernel, w.stride, w.padding, w.dilation, false))
          .as(w.toString())
          .isEqualTo(inside);
    }
  }

  /**
   * With ceil_mode windows follow until the padded input is covered; the last one must start inside
   * the input or its left padding.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void pooling_ceilModeCoversTheInput(long seed) {
    Window w = Window.random(seed).fitting();
    long windows = 1;
    long at = -w.padding;
    while (w.last(at) < w.in + w.padding - 1 && at + w.stride < w.in) {
      at += w.stride;
      windows++;
    }
    assertThat(Sliding.pooling(w.in, w.kernel, w.stride, w.padding, w.dilation, true))
        .as(w.toString())
        .isEqualTo(windows);
  }

  /** Every position that some input reaches through some tap, and the gaps between them. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void transposed_reachesUpToTheLastTap(long seed) {
    Window w = Window.random(seed);
    Set<Long> reached = new HashSet<>();
    long last = 0;
    for (long i = 0; i < w.in; i++) {
      for (int tap = 0; tap < w.kernel; tap++) {
        long at = i * w.stride + (long) tap * w.dilation;
        reached.add(at);
        last = Math.max(last, at);
      }
    }
    assertThat(Sliding.touched(w.in, w.kernel, w.stride, w.dilation))
        .as(w.toString())
        .isEqualTo(reached.size());
    assertThat(Sliding.transposed(w.in, w.kernel, w.stride, w.padding, 2, w.dilation))
        .as(w.toString())
        .isEqualTo(last + 1 - 2L * w.padding + 2);
  }

  /** Output i reads from floor(i * in / out) up to ceil((i + 1) * in / out). */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void adaptiveTaps_readEveryInputAndOverlap(long seed) {
    var random = new SplittableRandom(seed);
    long in = random.nextLong(1, 30);
    long out = random.nextLong(1, 30);
    long taps = 0;
    for (long i = 0; i < out; i++) {
      for (long at = 0; at < in; at++) {
        boolean starts = (at + 1) * out > i * in;
        boolean ends = at * out < (i + 1) * in;
        taps += starts && ends ? 1 : 0;
      }
    }
    assertThat(Sliding.adaptiveTaps(in, out)).isEqualTo(taps).isGreaterThanOrEqualTo(in);
  }

  @ParameterizedTest
  @CsvSource({"5000000000, 3, 2, 2499999999", "9000000000000, 1, 1, 9000000000000"})
  void convolution_ofInputsPastAnInt(long in, int kernel, int stride, long expected) {
    assertThat(Sliding.convolution(in, kernel, stride, 0, 1)).isEqualTo(expected);
  }

  private record Window(long in, int kernel, int stride, int padding, int dilation) {
    static Window random(long seed) {
      var random = new SplittableRandom(seed);
      return new Window(
          random.nextLong(1, 20),
          random.nextInt(1, 7),
          random.nextInt(1, 6),
          random.nextInt(0, 5),
          random.nextInt(1, 5));
    }

    /** The position of the last tap of a window that starts here. */
    long last(long at) {
      return at + (long) dilation * (kernel - 1);
    }

    /** The same over an input as large as the window, and padded by half of it at most. */
    Window fitting() {
      return new Window(
          Math.max(in, last(0) + 1), kernel, stride, Math.min(padding, kernel / 2), dilation);
    }
  }
}
