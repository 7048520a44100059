package org.whichflops.zoo.papers;

import static org.whichflops.zoo.papers.YoloNetwork.LAST;

import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * YOLOv5 of Ultralytics, which has no paper; follows ultralytics/yolov5 (v6.0 to v7.0),
 * models/yolov5s.yaml and its like, before layers are fused.
 *
 * <p>The FLOPs in its README are twice what thop returns at 640; thop counts other layers, too.
 */
public final class YoloV5 {
  /** Number of classes. */
  private static final Option<Integer> NC = Option.count("nc", 80, "classes of objects");

  /**
   * Five sizes, and five with a fourth output: factors on the number of blocks, and on the number
   * of channels.
   */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          yolo("yolov5n", 0.33, 0.25),
          yolo("yolov5s", 0.33, 0.50),
          yolo("yolov5m", 0.67, 0.75),
          yolo("yolov5l", 1.0, 1.0),
          yolo("yolov5x", 1.33, 1.25),
          yoloP6("yolov5n6", 0.33, 0.25),
          yoloP6("yolov5s6", 0.33, 0.50),
          yoloP6("yolov5m6", 0.67, 0.75),
          yoloP6("yolov5l6", 1.0, 1.0),
          yoloP6("yolov5x6", 1.33, 1.25));

  private static Architecture yoloP6(String name, double depth, double width) {
    return Architecture.named(
            name, "YOLOv5", "ultralytics/yolov5 v7.0, no paper", InputSize.image(1280))
        .options(NC)
        .remark(
            "sides are multiples of 64; boxes are decoded, not filtered; the README evaluates at"
                + " 1280, but its FLOPs are for 640")
        .builtBy(settings -> new YoloV5(depth, width).networkP6(settings.get(NC)));
  }

  private static Architecture yolo(String name, double depth, double width) {
    return Architecture.named(
            name, "YOLOv5", "ultralytics/yolov5 v7.0, no paper", InputSize.image(640))
        .options(NC)
        .remark(
            "sides are multiples of 32; boxes are decoded, not filtered; the README's FLOPs are"
                + " twice thop's count at 640")
        .builtBy(settings -> new YoloV5(depth, width).network(settings.get(NC)));
  }

  private final YoloNetwork network = new YoloNetwork();
  private final double depth;
  private final double width;

  private YoloV5(double depth, double width) {
    this.depth = depth;
    this.width = width;
  }

  private YoloNetwork network(int classes) {
    network.add(new YoloConv(3, scaled(64), 6, 2, 2, network.act()), scaled(64), LAST);
    conv(128, 3, 2);
    c3(128, 3, true);
    conv(256, 3, 2);
    c3(256, 6, true);
    conv(512, 3, 2);
    c3(512, 9, true);
    conv(1024, 3, 2);
    c3(1024, 3, true);
    network.add(
        new YoloPyramidPooling(network.channels(LAST), scaled(1024), network.act()),
        scaled(1024),
        LAST);
    up(512, 6);
    up(256, 4);
    down(256, 14, 512);
    down(512, 10, 1024);
    return network.detect(classes, 17, 20, 23);
  }

  /** With a fourth output at an even lower resolution, as hub/yolov5s6.yaml and its like. */
  private YoloNetwork networkP6(int classes) {
    network.add(new YoloConv(3, scaled(64), 6, 2, 2, network.act()), scaled(64), LAST);
    conv(128, 3, 2);
    c3(128, 3, true);
    conv(256, 3, 2);
    c3(256, 6, true);
    conv(512, 3, 2);
    c3(512, 9, true);
    conv(768, 3, 2);
    c3(768, 3, true);
    conv(1024, 3, 2);
    c3(1024, 3, true);
    network.add(
        new YoloPyramidPooling(network.channels(LAST), scaled(1024), network.act()),
        scaled(1024),
        LAST);
    up(768, 8);
    up(512, 6);
    up(256, 4);
    down(256, 20, 512);
    down(512, 16, 768);
    down(768, 12, 1024);
    return network.detect(classes, 23, 26, 29, 32);
  }

  private void up(int out, int beside) {
    conv(out, 1, 1);
    network.upsample();
    network.concat(beside);
    c3(out, 3, false);
  }

  private void down(int in, int beside, int out) {
    conv(in, 3, 2);
    network.concat(beside);
    c3(out, 3, false);
  }

  private void conv(int out, int kernel, int stride) {
    network.conv(scaled(out), kernel, stride, LAST);
  }

  private void c3(int out, int blocks, boolean shortcut) {
    int scaledBlocks = (int) Math.max(Math.rint(blocks * depth), 1);
    int in = network.channels(LAST);
    network.add(
        new CrossStagePartial(in, scaled(out), scaledBlocks, shortcut, network.act()),
        scaled(out),
        LAST);
  }

  /** A number of channels at this width: the next multiple of 8. */
  private int scaled(int channels) {
    return (int) Math.ceil(channels * width / 8) * 8;
  }

  /** {@code C3}: half of the channels go through bottlenecks, half past them. */
  private static final class CrossStagePartial extends Module {
    private static final ModuleType TYPE = ModuleType.of("models.common.C3");

    private final YoloConv cv1;
    private final YoloConv cv2;
    private final YoloConv cv3;
    private final Sequential m;

    CrossStagePartial(int in, int out, int blocks, boolean shortcut, Activation act) {
      super(TYPE);
      int hidden = out / 2;
      cv1 = child("cv1", new YoloConv(in, hidden, 1, 1, act));
      cv2 = child("cv2", new YoloConv(in, hidden, 1, 1, act));
      cv3 = child("cv3", new YoloConv(2 * hidden, out, 1, 1, act));
      m = child("m", new Sequential());
      for (int i = 0; i < blocks; i++) {
        m.add(new YoloBottleneck(hidden, hidden, hidden, shortcut, act));
      }
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor through = m.call(cv1.call(x));
      return cv3.call(Torch.cat(1, through, cv2.call(x)));
    }
  }
}
