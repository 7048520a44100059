package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Bilinear;
import org.whichflops.engine.nn.Linear;

/** Matrix products against nested loops that count. */
class ProductArithmeticTest {
  private final ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
  private final Loops loops = new Loops();

  static LongStream seeds() {
    return new SplittableRandom(20260102).longs(100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void linear_isOneDotProductAnOutput(long seed) {
    var random = new SplittableRandom(seed);
    int in = random.nextInt(1, 6);
    int out = random.nextInt(1, 6);
    boolean bias = random.nextBoolean();
    long[] rows = random.longs(random.nextInt(4), 1, 4).toArray();
    new Linear(in, out).bias(bias).call(pass.input(append(rows, in)));
    Loops.each(
        append(rows, out),
        output -> {
          loops.dot(in);
          if (bias) {
            loops.add();
          }
        });
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bilinear_isOneQuadraticFormAnOutput(long seed) {
    var random = new SplittableRandom(seed);
    int left = random.nextInt(1, 5);
    int right = random.nextInt(1, 5);
    int out = random.nextInt(1, 5);
    boolean bias = random.nextBoolean();
    long[] rows = random.longs(random.nextInt(4), 1, 4).toArray();
    new Bilinear(left, right, out, bias)
        .call(pass.input(append(rows, left)), pass.input(append(rows, right)));
    Loops.each(
        append(rows, out),
        output -> {
          for (int i = 0; i < left; i++) {
            loops.dot(right);
          }
          loops.dot(left);
          if (bias) {
            loops.add();
          }
        });
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void matmul_isOneDotProductAnOutput(long seed) {
    var random = new SplittableRandom(seed);
    long inner = random.nextLong(1, 5);
    long[] batch = random.longs(random.nextInt(3), 1, 4).toArray();
    Tensor left = pass.input(operand(random, batch, inner, false));
    Tensor right = pass.input(operand(random, batch, inner, true));
    Tensor product = left.at(right);
    Loops.each(product.shape().sizes(), output -> loops.dot(inner));
    assertThat(Work.of(pass)).as("%s @ %s", left, right).isEqualTo(loops.work());
  }

  /** A vector, a matrix, or a stack of matrices in which some dimensions are broadcast. */
  private static long[] operand(
      SplittableRandom random, long[] batch, long inner, boolean innerFirst) {
    if (random.nextInt(4) == 0) {
      return new long[] {inner};
    }
    long[] sizes = new long[batch.length + 2];
    for (int i = 0; i < batch.length; i++) {
      sizes[i] = random.nextInt(3) == 0 ? 1 : batch[i];
    }
    long other = random.nextLong(1, 5);
    sizes[batch.length] = innerFirst ? inner : other;
    sizes[batch.length + 1] = innerFirst ? other : inner;
    return sizes;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bmm_isOneDotProductAnOutput(long seed) {
    var random = new SplittableRandom(seed);
    long[] n = random.longs(4, 1, 5).toArray();
    boolean added = random.nextBoolean();
    Tensor left = pass.input(n[0], n[1], n[2]);
    Tensor right = pass.input(n[0], n[2], n[3]);
    Tensor product =
        added ? Torch.baddbmm(pass.input(n[0], n[1], n[3]), left, right) : left.bmm(right);
    Loops.each(
        product.shape().sizes(),
        output -> {
          loops.dot(n[2]);
          if (added) {
            loops.add();
          }
        });
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void mm_addmm_mv_and_dot_areOneDotProductAnOutput(long seed) {
    var random = new SplittableRandom(seed);
    long[] n = random.longs(3, 1, 5).toArray();
    Tensor left = pass.input(n[0], n[1]);
    Tensor right = pass.input(n[1], n[2]);
    Tensor vector = pass.input(n[1]);
    left.mm(right);
    Torch.mv(left, vector);
    Torch.dot(vector, pass.input(n[1]));
    Torch.addmm(pass.input(n[2]), left, right);
    for (long i = 0; i < n[0]; i++) {
      loops.dot(n[1]);
      for (long j = 0; j < n[2]; j++) {
        loops.dot(n[1]);
        loops.dot(n[1]);
        loops.add();
      }
    }
    loops.dot(n[1]);
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  @Test
  void einsum_isAProductOfWhatBothHave() {
    Torch.einsum("bij,bjk->bik", pass.input(2, 3, 4), pass.input(2, 4, 5));
    for (int i = 0; i < 2 * 3 * 5; i++) {
      loops.dot(4);
    }
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  /** Where nothing is summed ATen multiplies element by element, and no product is run. */
  @Test
  void einsum_thatSumsNothing_multipliesElements() {
    Torch.einsum("bi,bj->bij", pass.input(2, 4), pass.input(2, 5));
    assertThat(pass.call(2).callee().key()).isEqualTo("aten.mul");
    for (int i = 0; i < 2 * 4 * 5; i++) {
      loops.multiply();
    }
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  /** What only one operand has and the result does not is summed before the product. */
  @Test
  void einsum_sumsWhatOneTensorHasAlone() {
    Torch.einsum("ij,kj->i", pass.input(2, 3), pass.input(4, 3));
    for (int j = 0; j < 3; j++) {
      loops.sum(4);
    }
    for (int i = 0; i < 2; i++) {
      loops.dot(3);
    }
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  @Test
  void einsum_broadcastsSizeOne() {
    Torch.einsum("ij,kj->ik", pass.input(2, 3), pass.input(4, 1));
    for (int i = 0; i < 2; i++) {
      loops.sum(3);
    }
    for (int i = 0; i < 2 * 4; i++) {
      loops.multiply();
    }
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  /** As torch 2.6 dispatches it: an index of size 1 is none to sum over, and nothing is left. */
  @ParameterizedTest
  @CsvSource({
    "'bij,kj->bik', 1x2x1, 7x1",
    "'bhqd,bhkd->bhqk', 1x1x5x1, 1x1x5x1",
    "'ij,ij->', 1x1, 1x1",
    "'bij,bik->bjk', 2x1x4, 2x1x5",
  })
  void einsum_overAnIndexOfSizeOne_multipliesElements(String equation, String left, String right) {
    Torch.einsum(equation, pass.input(sizes(left)), pass.input(sizes(right)));
    assertThat(pass.size()).isEqualTo(3);
    assertThat(pass.call(2).callee().key()).isEqualTo("aten.mul");
  }

  private static long[] sizes(String text) {
    return Arrays.stream(text.split("x")).mapToLong(Long::parseLong).toArray();
  }

  private static long[] append(long[] sizes, long last) {
    return LongStream.concat(LongStream.of(sizes), LongStream.of(last)).toArray();
  }
}
