package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Pool;

/** Results lie in memory as PyTorch lays them, and what ATen runs for them follows. */
class LayoutTest {
  /** A chain of functions, and how torch 2.6 lays its result. */
  private record Chain(
      long[] input, List<String> functions, long[] shape, long[] strides, boolean contiguous) {
    static Chain of(String line) {
      String[] parts = line.split(",", -1);
      return new Chain(
          numbers(parts[0], "x"),
          List.of(parts[1].split(";", -1)),
          numbers(parts[2], "x"),
          numbers(parts[3], "x"),
          parts[4].equals("1"));
    }
  }

  private static long[] numbers(String text, String separator) {
    return Arrays.stream(text.split(separator, -1)).mapToLong(Long::parseLong).toArray();
  }

  private static List<Chain> chains() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        LayoutTest.class.getResourceAsStream(
                            "/org/whichflops/engine/layouts.csv.gz"))),
                StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(Chain::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void strides_ofAChainOfFunctions_areAsRecorded() {
    List<Chain> chains = chains();
    assertThat(chains).hasSizeGreaterThan(1400);
    SoftAssertions all = new SoftAssertions();
    for (Chain chain : chains) {
      Tensor y = new ForwardPass(Mode.CPU_NO_GRAD).input(chain.input());
      for (String function : chain.functions()) {
        y = run(function.split(" ", -1), y);
      }
      all.assertThat(y.shape().sizes()).as(chain.toString()).isEqualTo(chain.shape());
      all.assertThat(strides(y)).as(chain.functions().toString()).isEqualTo(relevant(chain));
      all.assertThat(y.isContiguous()).as(chain.toString()).isEqualTo(chain.contiguous());
    }
    all.assertAll();
  }

  /** Along a dimension of size 1 there are no neighbours, and nothing depends on its stride. */
  private static List<Long> strides(Tensor x) {
    List<Long> strides = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (x.size(i) != 1) {
        strides.add(x.stride(i));
      }
    }
    return strides;
  }

  private static List<Long> relevant(Chain chain) {
    List<Long> strides = new ArrayList<>();
    for (int i = 0; i < chain.shape().length; i++) {
      if (chain.shape()[i] != 1) {
        strides.add(chain.strides()[i]);
      }
    }
    return strides;
  }

  private static Tensor run(String[] function, Tensor x) {
    int[] n = Arrays.stream(function).skip(1).mapToInt(Integer::parseInt).toArray();
    long[] sizes = Arrays.stream(n).asLongStream().toArray();
    int channels = x.rank() > 1 ? Math.toIntExact(x.size(1)) : 1;
    return switch (function[0]) {
      case "transpose" -> x.transpose(n[0], n[1]);
      case "permute" -> x.permute(n);
      case "slice" -> x.slice(n[0], n[1], Long.MAX_VALUE);
      case "every" -> x.slice(n[0], 0, Long.MAX_VALUE, 2);
      case "select" -> x.get(n[0], 0);
      case "unsqueeze" -> x.unsqueeze(n[0]);
      case "squeeze" -> x.squeeze(n[0]);
      case "expand" ->
          x.expand(Arrays.stream(x.shape().sizes()).map(s -> s == 1 ? 3 : s).toArray());
      case "reshape" -> x.reshape(sizes);
      case "flatten" -> x.flatten(1);
      case "chunk" -> x.chunk(2, n[0])[1];
      case "split" -> x.split(1, n[0])[0];
      case "unbind" -> x.unbind(n[0])[0];
      case "relu" -> F.relu(x);
      case "double" -> x.times(2);
      case "plus" -> x.plus(x.pass().input(x.shape().sizes()));
      case "plusrow" -> x.plus(x.pass().input(x.size(-1)));
      case "rowplus" -> x.pass().input(x.size(-1)).plus(x);
      case "iadd" -> x.plusAssign(1);
      case "contiguous" -> x.contiguous();
      case "clone" -> x.copy();
      case "softmax" -> x.softmax(-1);
      case "layernorm" -> new LayerNorm(Math.toIntExact(x.size(-1))).call(x);
      case "dropout" -> F.dropout("F.dropout", x);
      case "conv" -> Conv.conv2d(channels, 6, 1).call(x);
      case "pool" -> Pool.maxPool2d(2).call(x);
      case "batchnorm" -> BatchNorm.batchNorm2d(channels).call(x);
      case "groupnorm" -> new GroupNorm(1, channels).call(x);
      case "upsample" ->
          F.interpolate(
              x, InterpolationArguments.by(InterpolationArguments.Interpolation.NEAREST, 2));
      case "cat" -> Torch.cat(n[0], x, x);
      case "stack" -> Torch.stack(n[0], x, x);
      case "roll" -> Torch.roll(x);
      case "pad" -> F.pad(x, 0, n[0]);
      case "matmul" -> x.at(x.pass().input(x.size(-1), 4));
      case "attention" -> Attention.scaledDotProduct(x, x, x, false);
      case "mean" -> x.meanKeepingDims(n[0]);
      default -> throw new IllegalArgumentException(function[0]);
    };
  }

  /** Probed with a TorchDispatchMode on both devices, with and without gradients. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2x5x8 | 0 1 | aten.mm aten.add
          2x5x8 | 1 2 | aten.mm aten.add
          2x5x8 | 0 0 | aten.addmm
          1x5x8 | 0 1 | aten.addmm
          2x8   | 0 1 | aten.addmm
          8     | 0 0 | aten.addmm
          2x3x5x8 | 1 3 | aten.mm aten.add
          """,
      delimiter = '|')
  void linear_overATransposedInput_addsItsBiasAfterwards(
      String sizes, String transposed, String operators) {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    int[] dims = Arrays.stream(transposed.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    Tensor x = pass.input(numbers(sizes, "x")).transpose(dims[0], dims[1]);
    new Linear(Math.toIntExact(x.size(-1)), 6).call(x);
    List<String> ran = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.parent() >= 0 && pass.call(call.parent()).callee() == Aten.LINEAR) {
        ran.add(call.callee().key());
      }
    }
    assertThat(ran).containsExactly(operators.split(" ", -1));
  }
}
