package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.leakyReluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.nn.Softmax;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Padding;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * A network of darknet's: layers in a row as in its configuration files, some of which take the
 * outputs of earlier ones; follows marvis/pytorch-yolo2, darknet.py, which runs those files.
 */
final class Darknet extends Module {
  private static final ModuleType TYPE = ModuleType.of("darknet.Darknet");
  private static final ModuleType EMPTY = ModuleType.of("darknet.EmptyModule");
  private static final ModuleType STRIDE_1 = ModuleType.of("darknet.MaxPoolStride1");
  private static final ModuleType GLOBAL = ModuleType.of("darknet.GlobalAvgPool2d");
  private static final ModuleType REORG = ModuleType.of("darknet.Reorg");

  /** What a layer takes: the one before it where empty. */
  private record Source(List<Integer> layers, boolean added) {}

  private final List<Module> layers = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<Integer> channels = new ArrayList<>();
  private int convolutions;
  private ModuleList models = new ModuleList(List.of());

  Darknet() {
    super(TYPE);
  }

  private Darknet add(Module layer, int out, Integer... from) {
    layers.add(layer);
    sources.add(new Source(List.of(from), false));
    channels.add(out);
    return this;
  }

  private int in() {
    return channels.isEmpty() ? 3 : channels.get(channels.size() - 1);
  }

  /** A convolution with batch norm and leaky ReLU. */
  Darknet conv(int out, int kernel, int stride) {
    int id = ++convolutions;
    return add(
        new Sequential()
            .add("conv" + id, conv2d(in(), out, kernel).stride(stride).padding(kernel / 2).noBias())
            .add("bn" + id, batchNorm2d(out))
            .add("leaky" + id, leakyReluInplace(0.1)),
        out);
  }

  /** Convolutions of kernels 3 and 1 in turns. */
  Darknet convs(int... outs) {
    for (int i = 0; i < outs.length; i++) {
      conv(outs[i], i % 2 == 0 ? 3 : 1, 1);
    }
    return this;
  }

  /** A last 1x1 convolution with a bias and nothing after it. */
  Darknet linear(int out) {
    return add(new Sequential().add("conv" + ++convolutions, conv2d(in(), out, 1)), out);
  }

  /** A max-pooling that halves the resolution. */
  Darknet pool() {
    return add(maxPool2d(2).stride(2), in());
  }

  /** A max-pooling that keeps it. */
  Darknet poolKeeping() {
    return add(new MaxPoolStride1(), in());
  }

  Darknet globalPool() {
    return add(new GlobalAvgPool(), in());
  }

  Darknet softmax() {
    return add(Softmax.softmax(1), in());
  }

  /** Squares of 2x2 positions become channels. */
  Darknet reorg() {
    return add(new Reorg(), 4 * in());
  }

  /** The output of one earlier layer, or of two side by side; numbers count back. */
  Darknet route(int... from) {
    int here = layers.size();
    Integer[] absolute = Arrays.stream(from).mapToObj(i -> here + i).toArray(Integer[]::new);
    int out = Arrays.stream(absolute).mapToInt(channels::get).sum();
    return add(new Empty(), out, absolute);
  }

  /** Adds the output of the layer three back. */
  Darknet shortcut() {
    int here = layers.size();
    add(new Empty(), in());
    sources.set(here, new Source(List.of(here - 3, here - 1), true));
    return this;
  }

  /** The network, to which nothing is added any more. */
  Darknet built() {
    models = child("models", new ModuleList(layers));
    return this;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] outputs = new Tensor[models.modules().size()];
    Tensor y = x;
    for (int i = 0; i < outputs.length; i++) {
      Source source = sources.get(i);
      List<Integer> from = source.layers();
      if (from.isEmpty()) {
        y = models.modules().get(i).call(y);
      } else if (from.size() == 1) {
        y = outputs[from.get(0)];
      } else {
        Tensor first = outputs[from.get(0)];
        Tensor second = outputs[from.get(1)];
        y = source.added() ? first.plus(second) : Torch.cat(1, first, second);
      }
      outputs[i] = y;
    }
    return y;
  }

  /** Stands where a route or a shortcut is; never called. */
  private static final class Empty extends Module {
    Empty() {
      super(EMPTY);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return x;
    }
  }

  private static final class MaxPoolStride1 extends Module {
    MaxPoolStride1() {
      super(STRIDE_1);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor padded = F.pad(Padding.REPLICATE, x, 0, 1, 0, 1);
      return F.maxPool(padded, PoolingArguments.of(2, Extents.of(2), Extents.of(1)));
    }
  }

  private static final class GlobalAvgPool extends Module {
    GlobalAvgPool() {
      super(GLOBAL);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Extents all = Extents.of(Math.toIntExact(x.size(2)), Math.toIntExact(x.size(3)));
      return F.avgPool(x, PoolingArguments.of(2, all, all));
    }
  }

  private static final class Reorg extends Module {
    private static final int STRIDE = 2;

    Reorg() {
      super(REORG);
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      long channels = x.size(1);
      long height = x.size(2) / STRIDE;
      long width = x.size(3) / STRIDE;
      Tensor y = x.view(batch, channels, height, STRIDE, width, STRIDE);
      y = y.transpose(3, 4).contiguous();
      y = y.view(batch, channels, height * width, STRIDE * STRIDE).transpose(2, 3).contiguous();
      y = y.view(batch, channels, STRIDE * STRIDE, height, width).transpose(1, 2).contiguous();
      return y.view(batch, STRIDE * STRIDE * channels, height, width);
    }
  }
}
