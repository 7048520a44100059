package org.whichflops.zoo.torchvision;

import java.util.ArrayList;
import java.util.List;

/**
 * Widths and depths of a RegNet's stages from the parameters of its design space: block i is w_0 +
 * w_a * i wide (equation 2 of the paper), rounded to w_0 times a power of w_m (3 and 4) and to a
 * multiple of 8; blocks of one width make a stage.
 *
 * <p>As in torchvision this is arithmetic in single precision, which decides ties.
 *
 * <p>Widths past 2<sup>31</sup> - 1 are refused by an ArithmeticException.
 *
 * @param depth the number of blocks
 * @param w0 initial width
 * @param wa slope of the width
 * @param wm step of the width between stages
 * @param groupWidth channels a group
 * @param bottleneck bottleneck channels over output channels
 * @param rounding of a width to whole groups
 */
record RegNetStages(
    int depth, int w0, double wa, double wm, int groupWidth, double bottleneck, Rounding rounding) {
  private static final int MULTIPLE = 8;

  /** How a width becomes a multiple of the group width. */
  enum Rounding {
    /** To the nearest, one higher where that takes off over a tenth: torchvision's. */
    UP_PAST_A_TENTH,
    /** To the nearest, ties to even: pycls', and so the paper's. */
    NEAREST;

    int to(int channels, int group) {
      return this == NEAREST
          ? Channels.times(group, Math.max(1, whole(Math.rint((double) channels / group))))
          : Channels.divisible(channels, group);
    }
  }

  /** Blocks of one width. */
  record Stage(int depth, int width, int groupWidth) {}

  /** Refuses what torchvision refuses. */
  RegNetStages {
    if (w0 % MULTIPLE != 0 || wa < 0 || wm <= 1) {
      throw new IllegalArgumentException(
          "a RegNet has w0 a multiple of 8, wa of 0 or more and wm above 1, but w0=%d, wa=%s, wm=%s"
              .formatted(w0, wa, wm));
    }
  }

  /** The stages, first to last. */
  List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= depth; i++) {
      if (i == depth || width(i) != width(begin)) {
        stages.add(stage(i - begin, width(begin)));
        begin = i;
      }
    }
    return stages;
  }

  private int width(int block) {
    float linear = block * (float) wa + w0;
    float step = (float) Math.rint((float) Math.log(linear / w0) / (float) Math.log(wm));
    float exponential = w0 * (float) Math.pow((float) wm, step);
    return Channels.times(whole(Math.rint(exponential / MULTIPLE)), MULTIPLE);
  }

  /** Fits the width to whole groups. */
  private Stage stage(int blocks, int width) {
    int inner = whole(width * bottleneck);
    if (inner < 1) {
      throw new IllegalArgumentException(
          "a RegNet has 1 inner channel or more, but width %d and bottleneck_multiplier=%s make %d"
              .formatted(width, bottleneck, inner));
    }
    int group = Math.min(groupWidth, inner);
    return new Stage(blocks, whole(rounding.to(inner, group) / bottleneck), group);
  }

  /** The inner channels of the blocks of a stage. */
  int inner(Stage stage) {
    return whole(Math.rint(stage.width() * bottleneck));
  }

  private static int whole(double channels) {
    return Math.toIntExact((long) channels);
  }
}
