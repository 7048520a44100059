package org.whichflops.format.keras;

import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;

/** Pooling with a window, and over everything. */
final class PoolingLayers {
  private PoolingLayers() {}

  /** {@code MaxPooling1D} to {@code 3D} and {@code AveragePooling1D} to {@code 3D}. */
  static final class Windowed extends KerasModule {
    private final int dims;
    private final boolean max;
    private final Window window;
    private final Layout layout;

    Windowed(LayerSpec spec, int dims) {
      super(spec);
      this.dims = dims;
      max = spec.className().startsWith("Max");
      window = Window.of(spec, dims, "pool_size");
      layout = new Layout(spec.channelsFirst());
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      if (x.rank() != dims + 2) {
        throw refuses((dims + 2) + " dimensions", x);
      }
      PoolingArguments arguments =
          PoolingArguments.of(dims, Extents.of(window.kernel()), Extents.of(window.stride()));
      Tensor inner = window.padded(layout.inward(x));
      Tensor y = layout.outward(max ? F.maxPool(inner, arguments) : F.avgPool(inner, arguments));
      Tf.pool((max ? "MaxPool" : "AvgPool") + (dims == 3 ? "3D" : ""), window.area(), y, x);
      return new Tensor[] {y};
    }
  }

  /** {@code GlobalMaxPooling1D} to {@code 3D} and {@code GlobalAveragePooling1D} to {@code 3D}. */
  static final class Global extends KerasModule {
    private final int dims;
    private final boolean max;
    private final Layout layout;
    private final boolean keep;

    Global(LayerSpec spec, int dims) {
      super(spec);
      this.dims = dims;
      max = spec.className().startsWith("GlobalMax");
      layout = new Layout(spec.channelsFirst());
      keep = config().flag("keepdims", false);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      if (x.rank() != dims + 2) {
        throw refuses((dims + 2) + " dimensions", x);
      }
      int[] over = new int[dims];
      for (int i = 0; i < dims; i++) {
        over[i] = layout.firstSpatial() + i;
      }
      Tensor y;
      if (max) {
        y = x.amax(over);
        for (int dim : keep ? over : new int[0]) {
          y = y.unsqueeze(dim);
        }
      } else {
        y = keep ? x.meanKeepingDims(over) : x.mean(over);
      }
      Tf.node(max ? "Max" : "Mean", y, x);
      return new Tensor[] {y};
    }
  }
}
