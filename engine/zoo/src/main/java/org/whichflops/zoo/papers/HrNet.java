package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * HRNet for classification, "Deep High-Resolution Representation Learning for Visual Recognition"
 * (Wang et al., arXiv 1908.07919); follows HRNet/HRNet-Image-Classification, cls_hrnet.py.
 *
 * <p>The GFLOPs in the authors' table (3.99 for W18) are multiply-accumulates in units of
 * 2<sup>30</sup>: 4.28 in units of 10<sup>9</sup>.
 */
public final class HrNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.cls_hrnet.HighResolutionNet");
  private static final ModuleType MODULE_LIST = ModuleType.nn("container", "ModuleList");
  private static final String SOURCE =
      "Wang et al. 2019, arXiv 1908.07919; HRNet/HRNet-Image-Classification";

  private static final int[] HEAD = {32, 64, 128, 256};
  private static final int LAST = 2048;

  /** Blocks and planes of stage 1, modules of stages 2 to 4, blocks a branch, channels. */
  private record Plan(int blocks1, int planes1, List<Integer> modules, int blocks, int width) {}

  private static final List<Integer> MODULES = List.of(1, 4, 3);

  /** By channels of the highest resolution; each lower one has twice as many. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          hrnet("hrnet_w18_small_v1", new Plan(1, 32, List.of(1, 1, 1), 2, 16)),
          hrnet("hrnet_w18_small_v2", new Plan(2, 64, List.of(1, 3, 2), 2, 18)),
          hrnet("hrnet_w18", new Plan(4, 64, MODULES, 4, 18)),
          hrnet("hrnet_w30", new Plan(4, 64, MODULES, 4, 30)),
          hrnet("hrnet_w32", new Plan(4, 64, MODULES, 4, 32)),
          hrnet("hrnet_w40", new Plan(4, 64, MODULES, 4, 40)),
          hrnet("hrnet_w44", new Plan(4, 64, MODULES, 4, 44)),
          hrnet("hrnet_w48", new Plan(4, 64, MODULES, 4, 48)),
          hrnet("hrnet_w64", new Plan(4, 64, MODULES, 4, 64)));

  private static Architecture hrnet(String name, Plan plan) {
    return Architecture.named(name, "HRNet", SOURCE, InputSize.image(224))
        .options(NUM_CLASSES)
        .remark("the authors' GFLOPs are in units of 2^30: 8.31 for W32's 8.92e9 multiply-adds")
        .builtBy(settings -> new HrNet(plan, settings.get(NUM_CLASSES)));
  }

  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final Activation relu;
  private final Sequential layer1;
  private final List<Sequential> transitions = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Module> widenings = new ArrayList<>();
  private final List<Module> halvings = new ArrayList<>();
  private final Sequential finalLayer;
  private final Linear classifier;

  private HrNet(Plan plan, int numClasses) {
    super(TYPE);
    conv1 = child("conv1", conv2d(3, 64, 3).stride(2).padding(1).noBias());
    bn1 = child("bn1", batchNorm2d(64));
    conv2 = child("conv2", conv2d(64, 64, 3).stride(2).padding(1).noBias());
    bn2 = child("bn2", batchNorm2d(64));
    relu = child("relu", reluInplace());
    layer1 = child("layer1", HighResolutionBlock.bottlenecks(64, plan.planes1(), plan.blocks1()));
    int[] before = {4 * plan.planes1()};
    for (int i = 0; i < plan.modules().size(); i++) {
      int[] channels = new int[i + 2];
      for (int j = 0; j < channels.length; j++) {
        channels[j] = plan.width() << j;
      }
      transitions.add(child("transition" + (i + 1), transition(before, channels)));
      stages.add(
          child("stage" + (i + 2), new Stage(channels, plan.modules().get(i), plan.blocks())));
      before = channels;
    }
    for (int i = 0; i < HEAD.length; i++) {
      widenings.add(HighResolutionBlock.bottlenecks(before[i], HEAD[i], 1));
    }
    child("incre_modules", new ModuleList(widenings));
    for (int i = 0; i + 1 < HEAD.length; i++) {
      int out = 4 * HEAD[i + 1];
      halvings.add(
          new Sequential(
              conv2d(4 * HEAD[i], out, 3).stride(2).padding(1), batchNorm2d(out), reluInplace()));
    }
    child("downsamp_modules", new ModuleList(halvings));
    finalLayer =
        child(
            "final_layer",
            new Sequential(conv2d(4 * HEAD[3], LAST, 1), batchNorm2d(LAST), reluInplace()));
    classifier = child("classifier", new Linear(LAST, numClasses));
  }

  /** A list of modules by branch; a branch that goes on as it is has none, but its number. */
  private static Sequential transition(int[] before, int[] channels) {
    Sequential transition = new Sequential(MODULE_LIST);
    int last = before[before.length - 1];
    for (int i = 0; i < channels.length; i++) {
      if (i >= before.length) {
        transition.add(Integer.toString(i), new Sequential(activated(last, channels[i], 2)));
      } else if (before[i] != channels[i]) {
        transition.add(Integer.toString(i), activated(before[i], channels[i], 1));
      }
    }
    return transition;
  }

  private static Sequential activated(int in, int out, int stride) {
    return new Sequential(
        conv2d(in, out, 3).stride(stride).padding(1).noBias(), batchNorm2d(out), reluInplace());
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = relu.call(bn1.call(conv1.call(x)));
    y = relu.call(bn2.call(conv2.call(y)));
    y = layer1.call(y);
    Tensor[] states = {y};
    for (int i = 0; i < stages.size(); i++) {
      states = stages.get(i).call(moved(transitions.get(i), states, i + 2));
    }
    y = widenings.get(0).call(states[0]);
    for (int i = 0; i < halvings.size(); i++) {
      y = widenings.get(i + 1).call(states[i + 1]).plus(halvings.get(i).call(y));
    }
    y = finalLayer.call(y);
    Extents plane = Extents.of(Math.toIntExact(y.size(2)), Math.toIntExact(y.size(3)));
    y = F.avgPool(y, PoolingArguments.of(2, plane, plane)).viewRows();
    return classifier.call(y);
  }

  /** To the branches of the next stage; new ones start from the lowest resolution. */
  private static Tensor[] moved(Sequential transition, Tensor[] states, int count) {
    Tensor[] moved = new Tensor[count];
    for (int i = 0; i < count; i++) {
      Module step = transition.children().get(Integer.toString(i));
      moved[i] = step == null ? states[i] : step.call(states[states.length - 1]);
    }
    return moved;
  }

  /** An {@code nn.Sequential} of modules that take and return a list of branches. */
  private static final class Stage extends Module {
    private final List<HighResolutionModule> modules = new ArrayList<>();

    Stage(int[] channels, int modules, int blocks) {
      super(Sequential.TYPE);
      for (int i = 0; i < modules; i++) {
        HighResolutionModule module = new HighResolutionModule(channels, blocks);
        this.modules.add(child(Integer.toString(i), module));
      }
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor[] states = inputs;
      for (HighResolutionModule module : modules) {
        states = module.call(states);
      }
      return states;
    }
  }
}
