package org.whichflops.format.keras;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** Layers that normalize, each as {@code tf.nn.batch_normalization} and Keras spell it out. */
final class NormalizationLayers {
  private NormalizationLayers() {}

  private static int axis(Json axis, Tensor x) {
    long given =
        axis.isArray() && axis.items().size() == 1 ? axis.items().get(0).whole() : axis.whole();
    long positive = given < 0 ? given + x.rank() : given;
    if (positive < 0 || positive >= x.rank()) {
      throw axis.error("axis %d of a tensor of %s".formatted(given, x));
    }
    return (int) positive;
  }

  private static Tensor swapped(Tensor x, int a, int b) {
    return a == b ? x : Torch.swapaxes(x, a, b);
  }

  /** Mean and variance over some dimensions; the tensor returned has the statistics' sizes. */
  private static Tensor moments(Tensor x, long[] sizes) {
    Tensor statistics = Tf.tensor(x, sizes);
    Tf.node("Mean", statistics, x);
    Tensor squares = Tf.tensor(x, x.shape().sizes());
    Tf.node("SquaredDifference", squares, x, statistics);
    Tf.node("Mean", statistics, squares);
    return statistics;
  }

  /** Scales by {@code inv} and adds {@code res}, made of statistics, gamma and beta. */
  private static void rescale(
      Tensor y, Tensor x, Tensor statistics, long[] affine, boolean scaled, boolean shifted) {
    Tf.node("AddV2", statistics, statistics);
    Tf.node("Rsqrt", statistics, statistics);
    Tensor inv = statistics;
    if (scaled) {
      inv = Tf.node("Mul", Tf.tensor(x, affine), statistics);
    }
    Tf.node("Neg", statistics, statistics);
    Tensor res = Tf.node("Mul", Tf.tensor(x, inv.shape().sizes()), inv);
    if (shifted) {
      res = Tf.node("AddV2", Tf.tensor(x, affine), res);
    }
    Tf.node("Mul", y, x, inv);
    Tf.node("AddV2", y, y, res);
  }

  /** {@code BatchNormalization} in inference: statistics are weights. */
  static final class Batch extends KerasModule {
    private final boolean center;
    private final boolean scale;

    Batch(LayerSpec spec) {
      super(spec);
      center = config().flag("center", true);
      scale = config().flag("scale", true);
    }

    private int channelAxis(Tensor x) {
      Json axis = config().get("axis");
      return axis == null ? x.rank() - 1 : axis(axis, x);
    }

    @Override
    void build(Tensor[] inputs) {
      long channels = inputs[0].size(channelAxis(inputs[0]));
      if (scale) {
        weight("gamma", channels);
      }
      if (center) {
        weight("beta", channels);
      }
      statistic("moving_mean", channels);
      statistic("moving_variance", channels);
      if (config().flag("renorm", false)) {
        throw config().at("renorm").error("renormalization is not known");
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      int axis = channelAxis(x);
      if (axis == 0) {
        throw refuses("an axis other than the batch", x);
      }
      long channels = x.size(axis);
      Tensor y =
          swapped(
              F.batchNorm(
                  swapped(x, axis, 1), channels, new NormalizationArguments(scale, center, -1, 0)),
              axis,
              1);
      Tensor inv = Tf.tensor(x, channels);
      Tf.node("AddV2", inv);
      Tf.node("Rsqrt", inv, inv);
      if (scale) {
        Tf.node("Mul", inv, inv);
      }
      Tensor offset = Tf.node("Mul", Tf.tensor(x, channels), inv);
      Tf.node(center ? "Sub" : "Neg", offset, offset);
      Tf.node("Mul", y, x, inv);
      Tf.node("AddV2", y, y, offset);
      return new Tensor[] {y};
    }
  }

  /** {@code LayerNormalization}, and {@code RMSNormalization}. */
  static final class Layer extends KerasModule {
    private final boolean center;
    private final boolean scale;
    private final boolean rms;

    Layer(LayerSpec spec) {
      super(spec);
      rms = spec.className().equals("RMSNormalization");
      center = !rms && config().flag("center", true);
      scale = rms || config().flag("scale", true);
    }

    private int[] axes(Tensor x) {
      Json given = config().get("axis");
      if (given == null) {
        return new int[] {x.rank() - 1};
      }
      int[] axes =
          given.isArray()
              ? given.items().stream().mapToInt(item -> axis(item, x)).toArray()
              : new int[] {axis(given, x)};
      Arrays.sort(axes);
      if (Arrays.stream(axes).distinct().count() != axes.length || axes.length == 0) {
        throw given.error("axes are one or more, each once");
      }
      return axes;
    }

    private static long[] kept(Tensor x, int[] axes, boolean normalized) {
      long[] sizes = new long[x.rank()];
      Arrays.fill(sizes, 1);
      for (int i = 0; i < sizes.length; i++) {
        boolean over = Arrays.binarySearch(axes, i) >= 0;
        sizes[i] = over == normalized ? x.size(i) : 1;
      }
      return sizes;
    }

    @Override
    void build(Tensor[] inputs) {
      int[] axes = axes(inputs[0]);
      long[] sizes = new long[axes.length];
      for (int i = 0; i < axes.length; i++) {
        sizes[i] = inputs[0].size(axes[i]);
      }
      if (scale) {
        weight(rms ? "scale" : "gamma", sizes);
      }
      if (center) {
        weight("beta", sizes);
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      int[] axes = axes(x);
      Tensor y = normalized(x, axes);
      long[] rows = kept(x, axes, false);
      if (rms) {
        Tf.node("Square", Tf.tensor(x, x.shape().sizes()), x);
        Tensor mean = Tf.node("Mean", Tf.tensor(x, rows), x);
        Tf.node("AddV2", mean, mean);
        Tf.node("Rsqrt", mean, mean);
        Tf.node("Mul", y, x, mean);
        Tf.node("Mul", y, y);
      } else if (config().flag("rms_scaling", false)) {
        Tf.unknown(x);
      } else {
        // inv * gamma is as large as the input where gamma lies along the normalized axes
        rescale(y, x, moments(x, rows), x.shape().sizes(), scale, center);
      }
      return new Tensor[] {y};
    }

    private Tensor normalized(Tensor x, int[] axes) {
      int[] order = new int[x.rank()];
      int[] back = new int[x.rank()];
      long[] last = new long[axes.length];
      int at = 0;
      for (int i = 0; i < order.length; i++) {
        if (Arrays.binarySearch(axes, i) < 0) {
          order[at++] = i;
        }
      }
      for (int i = 0; i < axes.length; i++) {
        last[i] = x.size(axes[i]);
        order[at++] = axes[i];
      }
      boolean inOrder = true;
      for (int i = 0; i < order.length; i++) {
        back[order[i]] = i;
        inOrder &= order[i] == i;
      }
      Shape shape = Shape.of(last);
      NormalizationArguments arguments =
          new NormalizationArguments(scale, center, -1, shape.numel());
      Tensor turned = inOrder ? x : Torch.permute(x, order);
      Tensor y = rms ? F.rmsNorm(turned, shape, arguments) : F.layerNorm(turned, shape, arguments);
      return inOrder ? y : Torch.permute(y, back);
    }
  }

  /** {@code GroupNormalization}. */
  static final class Group extends KerasModule {
    private final boolean center;
    private final boolean scale;

    Group(LayerSpec spec) {
      super(spec);
      center = config().flag("center", true);
      scale = config().flag("scale", true);
    }

    private int channelAxis(Tensor x) {
      Json axis = config().get("axis");
      return axis == null ? x.rank() - 1 : axis(axis, x);
    }

    private int groups(long channels) {
      Json given = config().get("groups");
      long groups = given == null ? 32 : given.whole();
      groups = groups == -1 ? channels : groups;
      if (groups < 1 || channels % groups != 0) {
        throw config()
            .at("groups")
            .error("%d groups do not divide %d channels".formatted(groups, channels));
      }
      return Math.toIntExact(groups);
    }

    @Override
    void build(Tensor[] inputs) {
      long channels = inputs[0].size(channelAxis(inputs[0]));
      if (scale) {
        weight("gamma", channels);
      }
      if (center) {
        weight("beta", channels);
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      int axis = channelAxis(x);
      long channels = x.size(axis);
      int groups = groups(channels);
      NormalizationArguments arguments = new NormalizationArguments(scale, center, -1, -groups);
      Tensor y = swapped(F.groupNorm(swapped(x, axis, 1), groups, arguments), axis, 1);
      Tensor statistics = moments(x, new long[] {x.size(0), groups});
      rescale(y, x, statistics, new long[] {x.size(0), channels}, scale, center);
      return new Tensor[] {y};
    }
  }

  /** {@code Normalization}: by statistics of the data, which are weights unless given. */
  static final class Data extends KerasModule {
    private @Nullable Long size;

    Data(LayerSpec spec) {
      super(spec);
    }

    @Override
    void build(Tensor[] inputs) {
      Tensor x = inputs[0];
      Json axis = config().get("axis");
      long kept = 1;
      int[] axes =
          axis == null
              ? new int[0]
              : axis.isArray()
                  ? axis.items().stream().mapToInt(item -> axis(item, x)).toArray()
                  : new int[] {axis(axis, x)};
      long[] sizes = new long[axes.length];
      for (int i = 0; i < axes.length; i++) {
        sizes[i] = x.size(axes[i]);
        kept = Math.multiplyExact(kept, sizes[i]);
      }
      size = kept;
      if (config().get("mean") == null) {
        statistic("mean", sizes);
        statistic("variance", sizes);
        statistic("count");
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      Tensor centred = x.minus(0);
      Tensor y = centred.over(1);
      if (config().flag("invert", false)) {
        Tf.unknown(x);
      }
      Tf.node("Sub", centred, x);
      Tensor deviation = Tf.tensor(x, Objects.requireNonNull(size));
      Tf.node("Sqrt", deviation, deviation);
      Tf.node("Maximum", deviation, deviation);
      Tf.node("RealDiv", y, centred);
      return new Tensor[] {y};
    }
  }
}
