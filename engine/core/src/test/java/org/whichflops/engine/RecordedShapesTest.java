package org.whichflops.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Bilinear;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.InstanceNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Every recorded operation gives PyTorch's shapes, and what PyTorch refuses is refused. */
class RecordedShapesTest {
  private static final Map<String, List<RecordedShape>> BY_OP =
      RecordedShape.all().stream().collect(groupingBy(RecordedShape::op, TreeMap::new, toList()));

  static Stream<String> ops() {
    return BY_OP.keySet().stream();
  }

  @Test
  void recorded_areMany() {
    assertThat(RecordedShape.all()).hasSizeGreaterThan(1900);
    assertThat(RecordedShape.all().stream().filter(RecordedShape::refused).count())
        .isGreaterThan(450);
  }

  @ParameterizedTest
  @MethodSource("ops")
  void output_isAsRecorded(String op) {
    SoftAssertions all = new SoftAssertions();
    for (RecordedShape recorded : BY_OP.get(op)) {
      all.assertThat(output(recorded)).as(recorded.toString()).isEqualTo(recorded.output());
    }
    all.assertAll();
  }

  private static String output(RecordedShape recorded) {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    Tensor[] inputs =
        recorded.inputs().stream().map(shape -> pass.input(shape.sizes())).toArray(Tensor[]::new);
    try {
      return Arrays.stream(run(recorded, inputs)).map(Tensor::toString).collect(joining("|"));
    } catch (ShapeException | IllegalArgumentException e) {
      return RecordedShape.ERROR;
    }
  }

  private static Tensor[] run(RecordedShape op, Tensor... x) {
    String name = op.op();
    return switch (name) {
      case "chunk" -> x[0].chunk(op.number("parts"), op.number("dim"));
      case "split" -> x[0].split(op.number("size"), op.number("dim"));
      case "split_sizes" -> x[0].split(op.longs("sizes"), op.number("dim"));
      case "unbind" -> x[0].unbind(op.number("dim"));
      case "rnn", "gru", "lstm" -> recurrent(op).call(x);
      case "bilinear" -> {
        int[] features = op.ints("features");
        yield new Bilinear(features[0], features[1], features[2], true).call(x);
      }
      default -> new Tensor[] {one(op, x)};
    };
  }

  private static Tensor one(RecordedShape op, Tensor... x) {
    String name = op.op();
    if (name.startsWith("conv")) {
      return convolution(op).call(x[0]);
    }
    if (name.contains("pool")) {
      return pooled(op, x[0]);
    }
    if (name.contains("Pad")) {
      return new Pad(name, op.longs("pads")).call(x[0]);
    }
    if (name.contains("norm")) {
      return normalized(op, x[0]);
    }
    return switch (name) {
      case "pad" -> F.pad(x[0], op.longs("pads"));
      case "interpolate" -> F.interpolate(x[0], interpolation(op));
      case "pixel_shuffle" -> F.pixelShuffle(x[0], op.number("factor"));
      case "pixel_unshuffle" -> F.pixelUnshuffle(x[0], op.number("factor"));
      case "linear" -> new Linear(op.ints("features")[0], op.ints("features")[1]).call(x[0]);
      case "prelu" -> new PReLU(op.number("slopes")).call(x[0]);
      case "glu" -> F.glu(x[0], op.number("dim"));
      case "softmax" -> x[0].softmax(op.number("dim"));
      case "scaled_dot_product_attention" -> Attention.scaledDotProduct(x[0], x[1], x[2], false);
      case "matmul" -> x[0].at(x[1]);
      case "mm" -> x[0].mm(x[1]);
      case "bmm" -> x[0].bmm(x[1]);
      case "mv" -> Torch.mv(x[0], x[1]);
      case "dot" -> Torch.dot(x[0], x[1]);
      case "addmm" -> Torch.addmm(x[0], x[1], x[2]);
      case "baddbmm" -> Torch.baddbmm(x[0], x[1], x[2]);
      case "einsum" -> Torch.einsum(op.text("equation").replace('&', ','), x);
      case "add" -> x[0].plus(x[1]);
      case "iadd" -> x[0].plusAssign(x[1]);
      case "cat" -> Torch.cat(op.number("dim"), x);
      case "stack" -> Torch.stack(op.number("dim"), x);
      default -> rearranged(op, x[0]);
    };
  }

  private static Tensor rearranged(RecordedShape op, Tensor x) {
    return switch (op.op()) {
      case "view" -> x.view(op.longs("sizes"));
      case "unflatten" -> x.unflatten(op.number("dim"), op.longs("sizes"));
      case "flatten" -> x.flatten(op.ints("dims")[0], op.ints("dims")[1]);
      case "transpose" -> x.transpose(op.ints("dims")[0], op.ints("dims")[1]);
      case "permute" -> x.permute(op.ints("dims"));
      case "squeeze" -> x.squeeze(op.number("dim"));
      case "unsqueeze" -> x.unsqueeze(op.number("dim"));
      case "mean" -> x.mean(op.ints("dims"));
      case "mean_keepdim" -> x.meanKeepingDims(op.ints("dims"));
      case "select" -> x.get(op.number("dim"), op.number("index"));
      case "slice" -> {
        int[] range = op.ints("range");
        yield x.slice(op.number("dim"), range[0], range[1], range[2]);
      }
      case "expand" -> x.expand(op.longs("sizes"));
      case "repeat" -> x.repeat(op.longs("times"));
      case "repeat_interleave" -> Torch.repeatInterleave(x, op.number("times"), op.number("dim"));
      default -> throw new AssertionError("no test for " + op);
    };
  }

  private static int dims(RecordedShape op) {
    return op.op().charAt(op.op().length() - 2) - '0';
  }

  private static Conv convolution(RecordedShape op) {
    int in = op.ints("channels")[0];
    int out = op.ints("channels")[1];
    int[] kernel = op.ints("kernel");
    boolean transposed = op.op().startsWith("conv_transpose");
    Conv conv =
        switch (dims(op)) {
          case 1 ->
              transposed ? Conv.convTranspose1d(in, out, kernel) : Conv.conv1d(in, out, kernel);
          case 2 ->
              transposed ? Conv.convTranspose2d(in, out, kernel) : Conv.conv2d(in, out, kernel);
          default ->
              transposed ? Conv.convTranspose3d(in, out, kernel) : Conv.conv3d(in, out, kernel);
        };
    if (op.arguments().containsKey("padding_mode")) {
      return padded(conv.paddingMode(op.text("padding_mode")), op.text("padding"), op);
    }
    conv = conv.groups(op.number("groups")).stride(op.ints("stride")).dilation(op.ints("dilation"));
    conv = padded(conv, op.text("padding"), op);
    return transposed ? conv.outputPadding(op.ints("output_padding")) : conv;
  }

  private static Conv padded(Conv conv, String padding, RecordedShape op) {
    return switch (padding) {
      case "same" -> conv.paddingSame();
      case "valid" -> conv.paddingValid();
      default -> conv.padding(op.ints("padding"));
    };
  }

  private static Tensor pooled(RecordedShape op, Tensor x) {
    int dims = dims(op);
    if (op.op().startsWith("adaptive_avg")) {
      return AdaptivePool.adaptiveAvgPool(dims, op.ints("size")).call(x);
    }
    if (op.op().startsWith("adaptive_max")) {
      return AdaptivePool.adaptiveMaxPool(dims, op.ints("size")).call(x);
    }
    int[] kernel = op.ints("kernel");
    Pool pool =
        switch (op.op().substring(0, 3)) {
          case "max" -> Pool.maxPool(dims, kernel).dilation(op.ints("dilation"));
          case "avg" -> Pool.avgPool(dims, kernel);
          default -> Pool.lpPool(dims, kernel);
        };
    if (op.arguments().containsKey("padding")) {
      pool = pool.padding(op.ints("padding"));
    }
    return pool.stride(op.ints("stride")).ceilMode(op.flag("ceil_mode")).call(x);
  }

  private static InterpolationArguments interpolation(RecordedShape op) {
    Interpolation mode =
        Interpolation.valueOf(op.text("mode").replace('-', '_').toUpperCase(Locale.ROOT));
    return op.arguments().containsKey("size")
        ? InterpolationArguments.toSize(mode, op.longs("size"))
        : InterpolationArguments.by(mode, op.doubles("scale"));
  }

  private static Tensor normalized(RecordedShape op, Tensor x) {
    if (op.op().equals("layer_norm")) {
      return new LayerNorm(op.longs("sizes")).call(x);
    }
    int channels = op.number("channels");
    if (op.op().equals("group_norm")) {
      return new GroupNorm(op.number("groups"), channels).call(x);
    }
    if (op.op().startsWith("instance_norm")) {
      return InstanceNorm.instanceNorm(dims(op), channels).affine().call(x);
    }
    BatchNorm norm =
        switch (dims(op)) {
          case 1 -> BatchNorm.batchNorm1d(channels);
          case 2 -> BatchNorm.batchNorm2d(channels);
          default -> BatchNorm.batchNorm3d(channels);
        };
    return (op.op().contains("untracked") ? norm.untracked() : norm).call(x);
  }

  private static Recurrent recurrent(RecordedShape op) {
    int in = op.ints("sizes")[0];
    int hidden = op.ints("sizes")[1];
    Recurrent layer =
        switch (op.op()) {
          case "rnn" -> Recurrent.rnn(in, hidden);
          case "gru" -> Recurrent.gru(in, hidden);
          default -> Recurrent.lstm(in, hidden).projection(op.number("projection"));
        };
    layer = layer.layers(op.number("layers"));
    layer = op.flag("bidirectional") ? layer.bidirectional() : layer;
    return op.flag("batch_first") ? layer.batchFirst() : layer;
  }
}
