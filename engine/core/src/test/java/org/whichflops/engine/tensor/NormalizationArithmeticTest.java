package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.InstanceNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.RmsNorm;
import org.whichflops.engine.nn.Softmax;

/** Normalizations and softmax against loops that count. */
class NormalizationArithmeticTest {
  private final ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
  private final Loops loops = new Loops();

  static LongStream seeds() {
    return new SplittableRandom(20260104).longs(100);
  }

  /** Statistics are known: 1 / sqrt(variance + eps) a channel, then every element. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void batchNorm_usesRunningStatistics(long seed) {
    var random = new SplittableRandom(seed);
    int channels = random.nextInt(1, 5);
    boolean affine = random.nextBoolean();
    long[] sizes = {random.nextLong(1, 4), channels, random.nextLong(1, 5), random.nextLong(1, 5)};
    BatchNorm norm = BatchNorm.batchNorm2d(channels);
    normalizeWithRunningStatistics(channels, affine, sizes);
    check(affine ? norm : norm.notAffine(), sizes);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void batchNorm_withoutRunningStatisticsComputesThem(long seed) {
    var random = new SplittableRandom(seed);
    int channels = random.nextInt(1, 5);
    boolean affine = random.nextBoolean();
    long[] sizes = {random.nextLong(1, 4), channels, random.nextLong(1, 5), random.nextLong(2, 5)};
    BatchNorm norm = BatchNorm.batchNorm2d(channels).untracked();
    for (int c = 0; c < channels; c++) {
      normalizeRow(sizes[0] * sizes[2] * sizes[3], affine, affine);
    }
    check(affine ? norm : norm.notAffine(), sizes);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void instanceNorm_isOneRowAChannel(long seed) {
    var random = new SplittableRandom(seed);
    int channels = random.nextInt(1, 5);
    boolean affine = random.nextBoolean();
    long batch = random.nextLong(1, 4);
    boolean batched = random.nextBoolean();
    long length = random.nextLong(2, 9);
    InstanceNorm norm = InstanceNorm.instanceNorm(1, channels);
    for (long row = 0; row < (batched ? batch : 1) * channels; row++) {
      normalizeRow(length, affine, affine);
    }
    long[] sizes = batched ? new long[] {batch, channels, length} : new long[] {channels, length};
    check(affine ? norm.affine() : norm, sizes);
  }

  /** As a batch norm: it takes an input of one value a channel, too. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void instanceNorm_thatTracksStatistics_usesThem(long seed) {
    var random = new SplittableRandom(seed);
    int channels = random.nextInt(1, 5);
    boolean affine = random.nextBoolean();
    long[] sizes = {random.nextLong(1, 4), channels, random.nextLong(1, 5)};
    InstanceNorm norm = InstanceNorm.instanceNorm(1, channels).tracked();
    normalizeWithRunningStatistics(channels, affine, sizes);
    check(affine ? norm.affine() : norm, sizes);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void groupNorm_isOneRowAGroup(long seed) {
    var random = new SplittableRandom(seed);
    int groups = random.nextInt(1, 5);
    int inGroup = random.nextInt(1, 4);
    boolean affine = random.nextBoolean();
    long batch = random.nextLong(1, 4);
    long length = random.nextLong(2, 6);
    GroupNorm norm = new GroupNorm(groups, groups * inGroup);
    for (long row = 0; row < batch * groups; row++) {
      normalizeRow(inGroup * length, affine, affine);
    }
    check(affine ? norm : norm.notAffine(), batch, (long) groups * inGroup, length);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void layerNorm_isOneRowForTheLastDimensions(long seed) {
    var random = new SplittableRandom(seed);
    long[] last = random.longs(random.nextInt(1, 3), 1, 6).toArray();
    long[] first = random.longs(random.nextInt(3), 1, 4).toArray();
    boolean scaled = random.nextBoolean();
    boolean shifted = scaled && random.nextBoolean();
    LayerNorm norm = new LayerNorm(last);
    norm = shifted ? norm : scaled ? norm.noBias() : norm.notAffine();
    Loops.each(first, row -> normalizeRow(product(last), scaled, shifted));
    check(norm, LongStream.concat(LongStream.of(first), LongStream.of(last)).toArray());
  }

  /** Mean of the squares plus eps, its inverse root, and two products an element. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rmsNorm_hasNoMeanToSubtract(long seed) {
    var random = new SplittableRandom(seed);
    long rows = random.nextLong(1, 5);
    long width = random.nextLong(1, 9);
    boolean scaled = random.nextBoolean();
    for (long row = 0; row < rows; row++) {
      loops.dot(width);
      loops.divide();
      scale();
      for (long i = 0; i < width; i++) {
        loops.multiply();
        if (scaled) {
          loops.multiply();
        }
      }
    }
    RmsNorm norm = new RmsNorm(width);
    check(scaled ? norm : norm.notAffine(), rows, width);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void softmax_subtractsTheLargest(long seed) {
    var random = new SplittableRandom(seed);
    long[] sizes = random.longs(3, 1, 6).toArray();
    int dim = random.nextInt(-3, 3);
    long width = sizes[Math.floorMod(dim, 3)];
    for (long row = 0; row < product(sizes) / width; row++) {
      loops.softmax(width);
    }
    check(Softmax.softmax(dim), sizes);
  }

  /** x - max - log(sum(exp(x - max))). */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void logSoftmax_subtractsTheLogarithm(long seed) {
    var random = new SplittableRandom(seed);
    long rows = random.nextLong(1, 5);
    long width = random.nextLong(1, 9);
    for (long row = 0; row < rows; row++) {
      loops.maximum(width);
      for (long i = 0; i < width; i++) {
        loops.add();
        loops.special();
      }
      loops.sum(width);
      loops.special();
      for (long i = 0; i < width; i++) {
        loops.add();
      }
    }
    check(Softmax.logSoftmax(-1), rows, width);
  }

  private void check(Module module, long... input) {
    module.call(pass.input(input));
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  /** Scale a channel, and then every element. */
  private void normalizeWithRunningStatistics(int channels, boolean affine, long... sizes) {
    for (int c = 0; c < channels; c++) {
      scale();
    }
    Loops.each(sizes, element -> normalize(affine, affine));
  }

  /** Mean, centring, variance, scale, and then every element. */
  private void normalizeRow(long width, boolean scaled, boolean shifted) {
    loops.sum(width);
    loops.divide();
    for (long i = 0; i < width; i++) {
      loops.add();
    }
    loops.dot(width);
    loops.divide();
    scale();
    for (long i = 0; i < width; i++) {
      loops.multiply();
      affine(scaled, shifted);
    }
  }

  /** An element, given mean and scale. */
  private void normalize(boolean scaled, boolean shifted) {
    loops.add();
    loops.multiply();
    affine(scaled, shifted);
  }

  private void affine(boolean scaled, boolean shifted) {
    if (scaled) {
      loops.multiply();
    }
    if (shifted) {
      loops.add();
    }
  }

  /** 1 / sqrt(variance + eps). */
  private void scale() {
    loops.add();
    loops.special();
    loops.divide();
  }

  private static long product(long... sizes) {
    return LongStream.of(sizes).reduce(1, (a, b) -> a * b);
  }
}
