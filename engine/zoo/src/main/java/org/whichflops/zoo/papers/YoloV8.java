package org.whichflops.zoo.papers;

import static org.whichflops.zoo.papers.YoloNetwork.LAST;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * YOLOv8 of Ultralytics, which has no paper; follows ultralytics/ultralytics (8.0),
 * cfg/models/v8/yolov8.yaml, before layers are fused. Blocks that YOLOv5 has, too, keep the names
 * they have there.
 */
public final class YoloV8 {
  /** Number of classes. */
  private static final Option<Integer> NC = Option.count("nc", 80, "classes of objects");

  /** Five sizes: factors on the number of blocks and of channels, and the most channels. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          yolo("yolov8n", 0.33, 0.25, 1024),
          yolo("yolov8s", 0.33, 0.50, 1024),
          yolo("yolov8m", 0.67, 0.75, 768),
          yolo("yolov8l", 1.0, 1.0, 512),
          yolo("yolov8x", 1.0, 1.25, 512));

  private static Architecture yolo(String name, double depth, double width, int most) {
    return Architecture.named(
            name, "YOLOv8", "ultralytics/ultralytics 8.0, no paper", InputSize.image(640))
        .options(NC)
        .remark(
            "sides are multiples of 32; boxes are decoded, not filtered; the documentation's FLOPs"
                + " are twice thop's count of the fused network at 640")
        .builtBy(settings -> new YoloV8(depth, width, most).network(settings.get(NC)));
  }

  private final YoloNetwork network = new YoloNetwork();
  private final double depth;
  private final double width;
  private final int most;

  private YoloV8(double depth, double width, int most) {
    this.depth = depth;
    this.width = width;
    this.most = most;
  }

  private YoloNetwork network(int classes) {
    conv(64);
    conv(128);
    c2f(128, 3, true);
    conv(256);
    c2f(256, 6, true);
    conv(512);
    c2f(512, 6, true);
    conv(1024);
    c2f(1024, 3, true);
    int deepest = scaled(1024);
    network.add(
        new YoloPyramidPooling(network.channels(LAST), deepest, network.act()), deepest, LAST);
    network.upsample();
    network.concat(6);
    c2f(512, 3, false);
    network.upsample();
    network.concat(4);
    c2f(256, 3, false);
    conv(256);
    network.concat(12);
    c2f(512, 3, false);
    conv(512);
    network.concat(9);
    c2f(1024, 3, false);
    int[] from = {15, 18, 21};
    int[] in = {network.channels(15), network.channels(18), network.channels(21)};
    network.add(new YoloAnchorFreeDetect(classes, network.act(), in), 0, from);
    return network;
  }

  private void conv(int out) {
    network.conv(scaled(out), 3, 2, LAST);
  }

  private void c2f(int out, int blocks, boolean shortcut) {
    int scaledBlocks = (int) Math.max(Math.rint(blocks * depth), 1);
    int in = network.channels(LAST);
    network.add(
        new CrossStagePartial(in, scaled(out), scaledBlocks, shortcut, network.act()),
        scaled(out),
        LAST);
  }

  /** A number of channels at this width: the next multiple of 8. */
  private int scaled(int channels) {
    return (int) Math.ceil(Math.min(channels, most) * width / 8) * 8;
  }

  /** {@code C2f}: what every bottleneck makes is kept beside what it was made from. */
  private static final class CrossStagePartial extends Module {
    private static final ModuleType TYPE = ModuleType.of("ultralytics.nn.modules.block.C2f");

    private final YoloConv cv1;
    private final YoloConv cv2;
    private final ModuleList m;

    CrossStagePartial(int in, int out, int blocks, boolean shortcut, Activation act) {
      super(TYPE);
      int hidden = out / 2;
      cv1 = child("cv1", new YoloConv(in, 2 * hidden, 1, 1, act));
      cv2 = child("cv2", new YoloConv((2 + blocks) * hidden, out, 1, 1, act));
      List<Module> all = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        all.add(YoloBottleneck.of3x3(hidden, shortcut, act));
      }
      m = child("m", new ModuleList(all));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] parts = new Tensor[2 + m.modules().size()];
      Tensor[] halves = cv1.call(x).chunk(2, 1);
      parts[0] = halves[0];
      parts[1] = halves[1];
      for (int i = 2; i < parts.length; i++) {
        parts[i] = m.modules().get(i - 2).call(parts[i - 1]);
      }
      return cv2.call(Torch.cat(1, parts));
    }
  }
}
