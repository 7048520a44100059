package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * Ultralytics' {@code Detect}: a 1x1 convolution a resolution, whose outputs are decoded to boxes.
 * Grids of positions are made in the first run at a size and kept; this is any later run.
 */
final class YoloDetect extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.yolo.Detect");

  /** Boxes predicted at each position. */
  private static final int ANCHORS = 3;

  private final int outputs;
  private final ModuleList convolutions;
  private final Parameter strides;

  YoloDetect(int classes, int... channels) {
    super(TYPE);
    outputs = Math.addExact(classes, 5);
    strides = new Parameter(Shape.of(channels.length), false);
    buffer("anchors", channels.length, ANCHORS, 2);
    List<Module> perResolution = new ArrayList<>();
    for (int in : channels) {
      perResolution.add(conv2d(in, Math.multiplyExact(ANCHORS, outputs), 1));
    }
    convolutions = child("m", new ModuleList(perResolution));
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    Tensor[] boxes = new Tensor[inputs.length];
    Tensor[] results = new Tensor[inputs.length + 1];
    for (int i = 0; i < inputs.length; i++) {
      Tensor x = convolutions.modules().get(i).call(inputs[i]);
      x = x.view(x.size(0), ANCHORS, outputs, x.size(2), x.size(3));
      x = x.permute(0, 1, 3, 4, 2).contiguous();
      results[i + 1] = x;
      boxes[i] = decoded(x, i);
    }
    results[0] = Torch.cat(1, boxes);
    return results;
  }

  private Tensor decoded(Tensor x, int resolution) {
    long height = x.size(2);
    long width = x.size(3);
    Parameter grid = new Parameter(Shape.of(1, ANCHORS, height, width, 2), false);
    Tensor[] parts = x.sigmoid().split(new long[] {2, 2, outputs - 4L}, 4);
    Tensor centre = parts[0].times(2).plus(grid.on(x));
    centre = centre.times(strides.on(x).get(0, resolution));
    Tensor size = parts[1].times(2).squared().times(grid.on(x));
    Tensor all = Torch.cat(4, centre, size, parts[2]);
    return all.view(x.size(0), ANCHORS * width * height, outputs);
  }
}
