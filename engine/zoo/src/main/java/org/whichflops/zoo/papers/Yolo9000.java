package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * Darknet-19 and YOLOv2, "YOLO9000: Better, Faster, Stronger" (Redmon and Farhadi, arXiv
 * 1612.08242, table 6), and Darknet-53, "YOLOv3: An Incremental Improvement" (arXiv 1804.02767,
 * table 1), from darknet's configuration files darknet19, darknet53, yolov2-voc, yolo-voc.2.0 and
 * tiny-yolo-voc.
 *
 * <p>Both papers print two operations a multiplication, of convolutions only.
 */
public final class Yolo9000 {
  private static final String V2 = "Redmon and Farhadi 2016, arXiv 1612.08242; pjreddie/darknet";
  private static final String V3 = "Redmon and Farhadi 2018, arXiv 1804.02767; pjreddie/darknet";

  private static final Option<Boolean> PASSTHROUGH_CONV =
      Option.flag(
          "passthrough_conv", true, "narrow what passes the last blocks; not in version 2.0");

  private static final Option<Integer> CLASSES = Option.count("classes", 20, "classes of objects");

  /** Boxes at a position, and the numbers of a box besides its classes. */
  private static final int BOXES = 5;

  private static final int BOX = 5;

  /** Table 1 of YOLOv3: channels of a stage and its residual blocks. */
  private static final int[][] DARKNET53 = {{64, 1}, {128, 2}, {256, 8}, {512, 8}, {1024, 4}};

  /** Two classifiers and two detectors. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named("darknet19", "Darknet", V2 + ", darknet19.cfg", InputSize.image(224))
              .options(NUM_CLASSES)
              .remark("classifies every position by a 1x1 convolution before it averages")
              .builtBy(
                  settings ->
                      trunk().linear(settings.get(NUM_CLASSES)).globalPool().softmax().built()),
          Architecture.named("darknet53", "Darknet", V3 + ", darknet53.cfg", InputSize.image(256))
              .options(NUM_CLASSES)
              .remark(
                  "averages before the last 1x1 convolution; the paper's 18.7 Bn is 18.57 so, 18.70"
                      + " with the convolution first, as in Darknet-19")
              .builtBy(
                  settings ->
                      residualTrunk()
                          .globalPool()
                          .linear(settings.get(NUM_CLASSES))
                          .softmax()
                          .built()),
          Architecture.named("yolov2", "YOLOv2", V2 + ", yolov2-voc.cfg", InputSize.image(416))
              .options(PASSTHROUGH_CONV, CLASSES)
              .remark(
                  "sides are multiples of 32; returns the map that boxes are read from; the web"
                      + " page's 34.90 Bn are yolo-voc.2.0.cfg's: passthrough_conv=false")
              .builtBy(settings -> detector(settings.get(PASSTHROUGH_CONV), settings.get(CLASSES))),
          Architecture.named(
                  "yolov2_tiny", "YOLOv2", V2 + ", tiny-yolo-voc.cfg", InputSize.image(416))
              .options(CLASSES)
              .remark("sides are multiples of 32; returns the map that boxes are read from")
              .builtBy(settings -> tiny(settings.get(CLASSES))));

  private Yolo9000() {}

  /** Table 6 of YOLO9000, without its last convolution. */
  private static Darknet trunk() {
    return new Darknet()
        .convs(32)
        .pool()
        .convs(64)
        .pool()
        .convs(128, 64, 128)
        .pool()
        .convs(256, 128, 256)
        .pool()
        .convs(512, 256, 512, 256, 512)
        .pool()
        .convs(1024, 512, 1024, 512, 1024);
  }

  private static Darknet residualTrunk() {
    Darknet network = new Darknet().conv(32, 3, 1);
    for (int[] stage : DARKNET53) {
      network.conv(stage[0], 3, 2);
      for (int i = 0; i < stage[1]; i++) {
        network.conv(stage[0] / 2, 1, 1).conv(stage[0], 3, 1).shortcut();
      }
    }
    return network;
  }

  private static Darknet detector(boolean narrowed, int classes) {
    Darknet network = trunk().conv(1024, 3, 1).conv(1024, 3, 1).route(-9);
    if (narrowed) {
      network.conv(64, 1, 1).reorg().route(-1, -4);
    } else {
      network.reorg().route(-1, -3);
    }
    return network.conv(1024, 3, 1).linear(outputs(classes)).built();
  }

  private static Darknet tiny(int classes) {
    Darknet network = new Darknet();
    for (int out = 16; out <= 256; out *= 2) {
      network.convs(out).pool();
    }
    return network
        .convs(512)
        .poolKeeping()
        .conv(1024, 3, 1)
        .conv(1024, 3, 1)
        .linear(outputs(classes))
        .built();
  }

  private static int outputs(int classes) {
    return Math.multiplyExact(BOXES, Math.addExact(classes, BOX));
  }
}
