package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * YOLOv8's {@code Detect}: boxes and classes by convolutions of their own at each resolution; a
 * distance to a side is the mean of a distribution over 16 values. Positions are made in the first
 * run at a size and kept; this is any later run.
 */
final class YoloAnchorFreeDetect extends Module {
  private static final ModuleType TYPE = ModuleType.of("ultralytics.nn.modules.head.Detect");
  private static final ModuleType DFL = ModuleType.of("ultralytics.nn.modules.block.DFL");

  /** Values of a distance's distribution. */
  private static final int VALUES = 16;

  private static final int SIDES = 4;

  private final int classes;
  private final ModuleList cv2;
  private final ModuleList cv3;
  private final Distances dfl;

  YoloAnchorFreeDetect(int classes, Activation act, int... channels) {
    super(TYPE);
    this.classes = classes;
    int forBoxes = Math.max(Math.max(16, channels[0] / 4), SIDES * VALUES);
    int forClasses = Math.max(channels[0], Math.min(classes, 100));
    cv2 = child("cv2", branches(channels, forBoxes, SIDES * VALUES, act));
    cv3 = child("cv3", branches(channels, forClasses, classes, act));
    dfl = child("dfl", new Distances());
  }

  private static ModuleList branches(int[] channels, int hidden, int out, Activation act) {
    List<Module> branches = new ArrayList<>();
    for (int in : channels) {
      branches.add(
          new Sequential(
              new YoloConv(in, hidden, 3, 1, act),
              new YoloConv(hidden, hidden, 3, 1, act),
              conv2d(hidden, out, 1)));
    }
    return new ModuleList(branches);
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    Tensor[] rows = new Tensor[inputs.length];
    Tensor[] results = new Tensor[inputs.length + 1];
    long numbers = (long) SIDES * VALUES + classes;
    for (int i = 0; i < inputs.length; i++) {
      Tensor boxes = cv2.modules().get(i).call(inputs[i]);
      Tensor y = Torch.cat(1, boxes, cv3.modules().get(i).call(inputs[i]));
      results[i + 1] = y;
      rows[i] = y.view(y.size(0), numbers, -1);
    }
    Tensor[] parts = Torch.cat(2, rows).split(new long[] {SIDES * VALUES, classes}, 1);
    results[0] = Torch.cat(1, decoded(dfl.call(parts[0])), parts[1].sigmoid());
    return results;
  }

  /** Centre and size from the distances to the sides. */
  private static Tensor decoded(Tensor distances) {
    long positions = distances.size(2);
    Parameter places = new Parameter(Shape.of(1, 2, positions), false);
    Parameter strides = new Parameter(Shape.of(1, positions), false);
    Tensor[] sides = distances.chunk(2, 1);
    Tensor first = places.on(distances).minus(sides[0]);
    Tensor second = places.on(distances).plus(sides[1]);
    Tensor centre = first.plus(second).over(2);
    return Torch.cat(1, centre, second.minus(first)).times(strides.on(distances));
  }

  /** {@code DFL}: a fixed 1x1 convolution takes the mean of distributions. */
  private static final class Distances extends Module {
    private final Conv conv;

    Distances() {
      super(DFL);
      conv = child("conv", conv2d(VALUES, 1, 1).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      long positions = x.size(2);
      Tensor y = x.view(batch, SIDES, VALUES, positions).transpose(2, 1).softmax(1);
      return conv.call(y).view(batch, SIDES, positions);
    }
  }
}
