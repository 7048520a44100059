package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Upsample.upsample;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;

/**
 * A module of HRNet: branches of several resolutions side by side, then an exchange in which every
 * branch becomes the sum of all, brought to its resolution.
 */
final class HighResolutionModule extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.cls_hrnet.HighResolutionModule");
  private static final ModuleType MODULE_LIST = ModuleType.nn("container", "ModuleList");

  private final List<Module> branches = new ArrayList<>();
  private final List<List<Module>> fusions = new ArrayList<>();
  private final Activation relu;

  /** Branches of so many channels, each half as high and wide as the one before it. */
  HighResolutionModule(int[] channels, int blocks) {
    super(TYPE);
    Sequential branchList = child("branches", new Sequential(MODULE_LIST));
    for (int width : channels) {
      Sequential branch = HighResolutionBlock.basic(width, blocks);
      branches.add(branch);
      branchList.add(branch);
    }
    Sequential fuseLayers = child("fuse_layers", new Sequential(MODULE_LIST));
    for (int to = 0; to < channels.length; to++) {
      List<Module> fusion = new ArrayList<>();
      Sequential fuseLayer = new Sequential(MODULE_LIST);
      for (int from = 0; from < channels.length; from++) {
        Sequential fitting = fitting(channels, from, to);
        fusion.add(fitting);
        if (from != to) { // the list holds None there, but the number is taken
          fuseLayer.add(Integer.toString(from), fitting);
        }
      }
      fusions.add(fusion);
      fuseLayers.add(fuseLayer);
    }
    relu = child("relu", relu());
  }

  private static Sequential fitting(int[] channels, int from, int to) {
    int in = channels[from];
    int out = channels[to];
    Sequential fitting = new Sequential();
    if (from > to) {
      fitting.add(conv2d(in, out, 1).noBias());
      fitting.add(batchNorm2d(out));
      fitting.add(upsample(InterpolationArguments.by(Interpolation.NEAREST, 1 << (from - to))));
    }
    for (int i = from + 1; i <= to; i++) {
      int width = i == to ? out : in;
      Sequential step =
          new Sequential(conv2d(in, width, 3).stride(2).padding(1).noBias(), batchNorm2d(width));
      if (i < to) {
        step.add(relu());
      }
      fitting.add(step);
    }
    return fitting;
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    int count = branches.size();
    Tensor[] states = new Tensor[count];
    for (int i = 0; i < count; i++) {
      states[i] = branches.get(i).call(inputs[i]);
    }
    Tensor[] outputs = new Tensor[count];
    for (int to = 0; to < count; to++) {
      Tensor sum = fitted(states, 0, to);
      for (int from = 1; from < count; from++) {
        sum = sum.plus(fitted(states, from, to));
      }
      outputs[to] = relu.call(sum);
    }
    return outputs;
  }

  private Tensor fitted(Tensor[] states, int from, int to) {
    return from == to ? states[from] : fusions.get(to).get(from).call(states[from]);
  }
}
