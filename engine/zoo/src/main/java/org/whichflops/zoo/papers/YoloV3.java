package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.papers.YoloNetwork.LAST;

import java.util.List;
import java.util.function.IntFunction;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * YOLOv3, "An Incremental Improvement" (Redmon and Farhadi, arXiv 1804.02767, table 1); follows
 * ultralytics/yolov3, models/yolov3.yaml, yolov3-spp.yaml and yolov3-tiny.yaml, before layers are
 * fused.
 *
 * <p>Layers, channels and convolutions are darknet's; Ultralytics put SiLU in place of leaky ReLU
 * and decodes boxes otherwise. The paper's web page prints two operations a multiplication.
 */
public final class YoloV3 {
  /** Number of classes. */
  private static final Option<Integer> NC = Option.count("nc", 80, "classes of objects");

  /** The network, made for 320, 416 or 608, one with pooling before its head, and a small one. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          yolo("yolov3", 416, classes -> new YoloV3(false).network(classes)),
          yolo("yolov3_spp", 608, classes -> new YoloV3(true).network(classes)),
          yolo("yolov3_tiny", 416, classes -> new YoloV3(false).tiny(classes)));

  private static Architecture yolo(String name, int side, IntFunction<YoloNetwork> network) {
    return Architecture.named(
            name,
            "YOLOv3",
            "Redmon and Farhadi 2018, arXiv 1804.02767; ultralytics/yolov3",
            InputSize.image(side))
        .options(NC)
        .remark("SiLU instead of darknet's leaky ReLU; sides are multiples of 32")
        .builtBy(settings -> network.apply(settings.get(NC)));
  }

  /** Table 1 of the paper: channels of a stage and its residual blocks. */
  private static final int[][] DARKNET53 = {{64, 1}, {128, 2}, {256, 8}, {512, 8}, {1024, 4}};

  private final YoloNetwork network = new YoloNetwork();

  private final boolean pooled;

  private YoloV3(boolean pooled) {
    this.pooled = pooled;
  }

  /** Channels that double from 16 and resolutions that halve; two outputs. */
  private YoloNetwork tiny(int classes) {
    for (int out = 16; out <= 256; out *= 2) {
      network.conv(out, 3, 1, LAST);
      network.add(maxPool2d(2).stride(2).padding(0), out, LAST);
    }
    network.conv(512, 3, 1, LAST);
    network.add(new Pad("ZeroPad2d", 0, 1, 0, 1), 512, LAST);
    network.add(maxPool2d(2).stride(1).padding(0), 512, LAST);
    network.conv(1024, 3, 1, LAST);
    network.conv(256, 1, 1, LAST);
    network.conv(512, 3, 1, LAST);
    network.conv(128, 1, 1, -2);
    network.upsample();
    network.concat(8);
    network.conv(256, 3, 1, LAST);
    return network.detect(classes, 19, 15);
  }

  private YoloNetwork network(int classes) {
    network.conv(32, 3, 1, LAST);
    for (int[] stage : DARKNET53) {
      network.conv(stage[0], 3, 2, LAST);
      bottlenecks(stage[0], stage[1], true);
    }
    bottlenecks(1024, 1, false);
    if (pooled) {
      network.add(new YoloPooling(1024, 512, network.act()), 512, LAST);
    } else {
      network.conv(512, 1, 1, LAST);
    }
    network.conv(1024, 3, 1, LAST);
    network.conv(512, 1, 1, LAST);
    network.conv(1024, 3, 1, LAST);
    network.conv(256, 1, 1, -2);
    network.upsample();
    network.concat(8);
    bottlenecks(512, 1, false);
    bottlenecks(512, 1, false);
    network.conv(256, 1, 1, LAST);
    network.conv(512, 3, 1, LAST);
    network.conv(128, 1, 1, -2);
    network.upsample();
    network.concat(6);
    bottlenecks(256, 1, false);
    bottlenecks(256, 2, false);
    return network.detect(classes, 27, 22, 15);
  }

  /** One layer; several blocks are a sequence of their own. */
  private void bottlenecks(int out, int count, boolean shortcut) {
    int in = network.channels(LAST);
    Module first = new YoloBottleneck(in, out / 2, out, shortcut, network.act());
    if (count == 1) {
      network.add(first, out, LAST);
      return;
    }
    Sequential all = new Sequential(first);
    for (int i = 1; i < count; i++) {
      all.add(new YoloBottleneck(out, out / 2, out, shortcut, network.act()));
    }
    network.add(all, out, LAST);
  }
}
