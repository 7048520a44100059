package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.siluInplace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * Ultralytics' {@code DetectionModel}: a list of layers, each fed by the one before it or by others
 * named by number, as the rows of its configuration files. Layers are not fused.
 */
final class YoloNetwork extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.yolo.DetectionModel");
  private static final ModuleType CONCAT = ModuleType.of("models.common.Concat");

  /** The layer before. */
  static final int LAST = -1;

  private final Activation act = siluInplace();
  private final Sequential model;
  private final List<int[]> sources = new ArrayList<>();
  private final List<Integer> channels = new ArrayList<>();

  YoloNetwork() {
    super(TYPE);
    model = child("model", new Sequential());
  }

  /** The activation that all layers share. */
  Activation act() {
    return act;
  }

  /** The channels of a layer's output; a negative number counts from the end. */
  int channels(int layer) {
    if (channels.isEmpty()) {
      return 3;
    }
    return channels.get(layer < 0 ? channels.size() + layer : layer);
  }

  /** Adds a layer fed by the given ones; negative numbers count back from it. */
  void add(Module layer, int out, int... from) {
    int position = sources.size();
    sources.add(Arrays.stream(from).map(i -> i < 0 ? position + i : i).toArray());
    channels.add(out);
    model.add(layer);
  }

  /** Adds a convolution. */
  void conv(int out, int kernel, int stride, int from) {
    add(new YoloConv(channels(from), out, kernel, stride, act), out, from);
  }

  /** Adds an upsampling to double the resolution. */
  void upsample() {
    add(
        Upsample.upsample(InterpolationArguments.by(Interpolation.NEAREST, 2)),
        channels(LAST),
        LAST);
  }

  /** Adds a concatenation of the last layer and another. */
  void concat(int other) {
    add(new Concat(), Math.addExact(channels(LAST), channels(other)), LAST, other);
  }

  /** Adds the head over three layers, finest first. */
  YoloNetwork detect(int classes, int... from) {
    int[] in = Arrays.stream(from).map(this::channels).toArray();
    add(new YoloDetect(classes, in), 0, from);
    return this;
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    Tensor[] outputs = new Tensor[model.size()];
    Tensor[] last = inputs;
    for (int i = 0; i < outputs.length; i++) {
      int[] from = sources.get(i);
      if (from.length == 1) {
        outputs[i] = model.get(i).call(from[0] < 0 ? inputs[0] : outputs[from[0]]);
      } else {
        last =
            model.get(i).call(Arrays.stream(from).mapToObj(j -> outputs[j]).toArray(Tensor[]::new));
        outputs[i] = last[0];
      }
    }
    return last;
  }

  /** Maps side by side. */
  private static final class Concat extends Module {
    Concat() {
      super(CONCAT);
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      return new Tensor[] {Torch.cat(1, inputs)};
    }
  }
}
