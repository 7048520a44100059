package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Conv;

/** Convolutions against nested loops that count. */
class ConvolutionArithmeticTest {
  static LongStream seeds() {
    return new SplittableRandom(20260101).longs(300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void convolution_isTheDirectAlgorithm(long seed) {
    Layer layer = Layer.random(seed, false);
    assertThat(layer.work()).as(layer.toString()).isEqualTo(layer.loops());
  }

  /** A product for every input and weight is scattered into a buffer that is cropped at the end. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void convolution_transposedScatters(long seed) {
    Layer layer = Layer.random(seed, true);
    assertThat(layer.work()).as(layer.toString()).isEqualTo(layer.scatteringLoops());
  }

  /** A grouped convolution does exactly 1/groups of the multiplies of the dense one. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void convolution_groupsDivideMultiplies(long seed) {
    var random = new SplittableRandom(seed);
    int groups = random.nextInt(1, 5);
    int in = groups * random.nextInt(1, 5);
    int out = groups * random.nextInt(1, 5);
    Conv dense = Conv.conv2d(in, out, 3).padding(1);
    assertThat(multiplies(dense.groups(groups), in) * groups).isEqualTo(multiplies(dense, in));
  }

  /** Padding with a module before is as much work as padding inside. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void convolution_paddingModeDoesNotMatter(long seed) {
    var random = new SplittableRandom(seed);
    int kernel = random.nextInt(1, 5);
    Conv conv = Conv.conv2d(2, 3, kernel);
    conv = random.nextBoolean() ? conv.paddingSame() : conv.padding(random.nextInt(3));
    assertThat(Layer.work(conv.paddingMode("reflect"), 1, 2, 7, 8))
        .isEqualTo(Layer.work(conv, 1, 2, 7, 8));
  }

  private static long multiplies(Conv conv, int channels) {
    return Layer.work(conv, 2, channels, 5, 4).multiplies();
  }

  /** A random layer over one to three dimensions, with an input that fits it. */
  private record Layer(
      int in,
      int out,
      int groups,
      boolean bias,
      boolean transposed,
      boolean batched,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int[] dilation,
      long batch,
      long[] sizes) {

    static Layer random(long seed, boolean transposed) {
      var random = new SplittableRandom(seed);
      int dims = random.nextInt(1, 4);
      int groups = random.nextInt(1, 4);
      int[] kernel = random.ints(dims, 1, 4).toArray();
      int[] stride = random.ints(dims, 1, 4).toArray();
      int[] dilation = random.ints(dims, 1, 4).toArray();
      int[] padding = random.ints(dims, 0, 3).toArray();
      int[] outputPadding = new int[dims];
      long[] sizes = random.longs(dims, 1, 5).toArray();
      for (int i = 0; i < dims; i++) {
        int reach = dilation[i] * (kernel[i] - 1) + 1;
        if (transposed) {
          outputPadding[i] = random.nextInt(Math.max(stride[i], dilation[i]));
          padding[i] = (int) Math.min(padding[i], ((sizes[i] - 1) * stride[i] + reach - 1) / 2);
        } else {
          sizes[i] += Math.max(0, reach - 2 * padding[i]);
        }
      }
      boolean batched = random.nextInt(4) > 0;
      return new Layer(
          groups * random.nextInt(1, 3),
          groups * random.nextInt(1, 3),
          groups,
          random.nextBoolean(),
          transposed,
          batched,
          kernel,
          stride,
          padding,
          outputPadding,
          dilation,
          batched ? random.nextLong(1, 4) : 1,
          sizes);
    }

    int dims() {
      return kernel.length;
    }

    Conv module() {
      Conv plain =
          switch (dims()) {
            case 1 ->
                transposed ? Conv.convTranspose1d(in, out, kernel) : Conv.conv1d(in, out, kernel);
            case 2 ->
                transposed ? Conv.convTranspose2d(in, out, kernel) : Conv.conv2d(in, out, kernel);
            default ->
                transposed ? Conv.convTranspose3d(in, out, kernel) : Conv.conv3d(in, out, kernel);
          };
      Conv layer =
          plain.groups(groups).bias(bias).stride(stride).dilation(dilation).padding(padding);
      return transposed ? layer.outputPadding(outputPadding) : layer;
    }

    Work work() {
      LongStream channelsAndSizes = LongStream.concat(LongStream.of(in), Arrays.stream(sizes));
      return work(
          module(),
          (batched ? LongStream.concat(LongStream.of(batch), channelsAndSizes) : channelsAndSizes)
              .toArray());
    }

    static Work work(Conv conv, long... input) {
      ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
      conv.call(pass.input(input));
      return Work.of(pass);
    }

    long[] taps() {
      return Arrays.stream(kernel).asLongStream().toArray();
    }

    /** Starts of the windows that lie in the padded input, counted. */
    long[] windows() {
      long[] windows = new long[dims()];
      for (int i = 0; i < dims(); i++) {
        long last = dilation[i] * (kernel[i] - 1L);
        for (long at = -padding[i]; at + last < sizes[i] + padding[i]; at += stride[i]) {
          windows[i]++;
        }
      }
      return windows;
    }

    Work loops() {
      Loops loops = new Loops();
      for (long n = 0; n < batch; n++) {
        for (int channel = 0; channel < out; channel++) {
          Loops.each(
              windows(),
              window -> {
                Loops.Sum sum = loops.new Sum();
                for (int c = 0; c < in / groups; c++) {
                  Loops.each(
                      taps(),
                      tap -> {
                        loops.multiply();
                        sum.take();
                      });
                }
                if (bias) {
                  sum.take();
                }
              });
        }
      }
      return loops.work();
    }

    Work scatteringLoops() {
      Loops loops = new Loops();
      long[] uncropped = new long[dims()];
      long outputs = 1;
      int cells = 1;
      for (int i = 0; i < dims(); i++) {
        uncropped[i] = (sizes[i] - 1) * stride[i] + dilation[i] * (kernel[i] - 1L) + 1;
        outputs *= uncropped[i] - 2L * padding[i] + outputPadding[i];
        cells *= (int) uncropped[i];
      }
      for (long n = 0; n < batch; n++) {
        for (int channel = 0; channel < out; channel++) {
          Loops.Sum[] buffer = new Loops.Sum[cells];
          Arrays.setAll(buffer, i -> loops.new Sum());
          for (int c = 0; c < in / groups; c++) {
            Loops.each(
                sizes,
                at ->
                    Loops.each(
                        taps(),
                        tap -> {
                          loops.multiply();
                          buffer[cell(uncropped, at, tap)].take();
                        }));
          }
          for (long i = 0; i < outputs && bias; i++) {
            loops.add();
          }
        }
      }
      return loops.work();
    }

    private int cell(long[] uncropped, long[] at, long[] tap) {
      int cell = 0;
      for (int i = 0; i < dims(); i++) {
        cell = (int) (cell * uncropped[i] + at[i] * stride[i] + tap[i] * dilation[i]);
      }
      return cell;
    }

    @Override
    public String toString() {
      return ("%s of %d channels to %d in %d groups, kernel %s, stride %s, dilation %s, "
              + "padding %s, over %d of %s")
          .formatted(
              transposed ? "transposed" : "plain",
              in,
              out,
              groups,
              Arrays.toString(kernel),
              Arrays.toString(stride),
              Arrays.toString(dilation),
              Arrays.toString(padding),
              batch,
              Arrays.toString(sizes));
    }
  }
}
