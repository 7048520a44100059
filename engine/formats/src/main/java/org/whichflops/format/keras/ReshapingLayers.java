package org.whichflops.format.keras;

import java.util.List;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** Layers that arrange the same numbers anew, repeat them, or leave some out. */
final class ReshapingLayers {
  private ReshapingLayers() {}

  private static Tensor[] shaped(Tensor y, Tensor x) {
    return new Tensor[] {Tf.node("Reshape", y, x)};
  }

  /** {@code Flatten}. */
  static final class Flat extends KerasModule {
    Flat(LayerSpec spec) {
      super(spec);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      return shaped(x.rank() < 2 ? x.unsqueeze(1) : x.flatten(1), x);
    }
  }

  /** {@code Reshape}. */
  static final class Reshaped extends KerasModule {
    private final long[] sizes;

    Reshaped(LayerSpec spec) {
      super(spec);
      List<Json> target = config().at("target_shape").items();
      sizes = new long[target.size() + 1];
      for (int i = 0; i < target.size(); i++) {
        sizes[i + 1] = target.get(i).whole();
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      long[] all = sizes.clone();
      all[0] = inputs[0].size(0);
      return shaped(inputs[0].reshape(all), inputs[0]);
    }
  }

  /** {@code Permute}; its dimensions count from 1, the batch left out. */
  static final class Permuted extends KerasModule {
    private final int[] dims;

    Permuted(LayerSpec spec) {
      super(spec);
      List<Json> given = config().at("dims").items();
      dims = new int[given.size() + 1];
      for (int i = 0; i < given.size(); i++) {
        dims[i + 1] = given.get(i).whole(1);
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor y = Torch.permute(inputs[0], dims);
      return new Tensor[] {Tf.node("Transpose", y, inputs[0])};
    }
  }

  /** {@code RepeatVector}. */
  static final class Repeated extends KerasModule {
    private final int times;

    Repeated(LayerSpec spec) {
      super(spec);
      times = config().at("n").whole(1);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0].unsqueeze(1);
      Tensor y = Torch.repeatInterleave(x, times, 1);
      Tf.scalar("Mul", y);
      return shaped(y, inputs[0]);
    }
  }

  /** {@code ZeroPadding1D} to {@code 3D}, and {@code Cropping}, which takes away. */
  static final class Padded extends KerasModule {
    private final int dims;
    private final boolean crop;
    private final Layout layout;
    private final long[] pads;

    Padded(LayerSpec spec, int dims) {
      super(spec);
      this.dims = dims;
      crop = spec.className().startsWith("Cropping");
      layout = new Layout(spec.channelsFirst());
      pads = new long[2 * dims];
      Json given = config().at(crop ? "cropping" : "padding");
      boolean flat = dims == 1 && given.isArray() && given.items().size() == 2;
      for (int i = 0; i < dims; i++) {
        Json one = flat || !given.isArray() ? given : item(given, i, dims);
        int last = 2 * (dims - 1 - i);
        for (int side = 0; side < 2; side++) {
          long size = (one.isArray() ? item(one, side, 2) : one).whole(0);
          pads[last + side] = crop ? -size : size;
        }
      }
    }

    private static Json item(Json array, int i, int count) {
      if (array.items().size() != count) {
        throw array.error(
            "expected %d items but there are %d".formatted(count, array.items().size()));
      }
      return array.items().get(i);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      if (x.rank() != dims + 2) {
        throw refuses((dims + 2) + " dimensions", x);
      }
      Tensor y = layout.outward(F.pad(layout.inward(x), pads));
      return new Tensor[] {Tf.node(crop ? "StridedSlice" : "Pad", y, x)};
    }
  }

  /** {@code UpSampling1D} to {@code 3D}. */
  static final class Enlarged extends KerasModule {
    private final int dims;
    private final Layout layout;
    private final int[] factors;
    private final boolean bilinear;
    private final boolean nearest;
    private final boolean bicubic;

    Enlarged(LayerSpec spec, int dims) {
      super(spec);
      this.dims = dims;
      layout = new Layout(spec.channelsFirst());
      factors = spec.extents("size", dims, 1, 2);
      String interpolation = config().text("interpolation", "nearest");
      nearest = interpolation.equals("nearest");
      bilinear = interpolation.equals("bilinear");
      bicubic = interpolation.equals("bicubic");
      if (!nearest && !bilinear && !bicubic) {
        throw config()
            .at("interpolation")
            .error(
                "'%s' is not known; known are nearest, bilinear, bicubic".formatted(interpolation));
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      if (x.rank() != dims + 2) {
        throw refuses((dims + 2) + " dimensions", x);
      }
      double[] scales = new double[dims];
      for (int i = 0; i < dims; i++) {
        scales[i] = factors[i];
      }
      Interpolation way =
          bilinear
              ? Interpolation.BILINEAR
              : bicubic ? Interpolation.BICUBIC : Interpolation.NEAREST;
      Tensor inner = F.interpolate(layout.inward(x), InterpolationArguments.by(way, scales));
      Tensor y = layout.outward(inner);
      if (nearest) {
        // keras.ops.repeat along each dimension; tf.repeat multiplies one size
        for (int i = 0; i < dims; i++) {
          Tf.scalar("Mul", x);
        }
        return new Tensor[] {Tf.node("Tile", y, x)};
      }
      return new Tensor[] {Tf.node(bilinear ? "ResizeBilinear" : "ResizeBicubic", y, x)};
    }
  }
}
