package org.whichflops.golden;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** The models of {@code handmade.py}, in which tools' tables go astray. */
public final class HandmadeModels {
  /** What both take. */
  private static final long[] IMAGE = {6, 16, 16};

  private HandmadeModels() {}

  /** One of them, by its class. */
  public static Network of(String name) {
    Module root =
        switch (name) {
          case "Repeated" -> new Repeated();
          case "Wide" -> new Wide();
          default -> throw new IllegalArgumentException(name);
        };
    return new Network(name, root, InputSize.fixed(1, IMAGE[0], IMAGE[1], IMAGE[2]));
  }

  private static ModuleType named(String name) {
    return ModuleType.of("handmade." + name);
  }

  private static final class Block extends Module {
    private final Module conv;
    private final Module bn = batchNorm2d(8);
    private final Module relu = Activation.reluInplace();

    Block(int groups) {
      super(named("Block"));
      conv = child("conv", conv2d(8, 8, 3).padding(1).groups(groups).noBias());
      child("bn", bn);
      child("relu", relu);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = relu.call(x);
      return relu.call(bn.call(conv.call(y)).plus(y));
    }
  }

  private static final class Repeated extends Module {
    private final Module stem;
    private final Module first;
    private final ModuleList blocks;
    private final Module second;
    private final Module pool;
    private final Module fc;

    Repeated() {
      super(named("Repeated"));
      Block shared = new Block(1);
      stem = child("stem", conv2d(6, 8, 3).padding(1));
      first = child("first", new Sequential(shared, maxPool2d(2)));
      blocks = child("blocks", new ModuleList(List.of(new Block(2), new Block(2), new Block(1))));
      second = child("second", new Sequential(shared, Dropout.dropout().p(0.1)));
      pool = child("pool", adaptiveAvgPool2d(1, 1));
      child("idle", new Linear(5, 7));
      fc = child("fc", new Linear(8, 3).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = first.call(stem.call(x));
      for (Module block : blocks.modules()) {
        y = block.call(y);
      }
      return fc.call(Torch.flatten(pool.call(second.call(y)), 1));
    }
  }

  private static final class Wide extends Module {
    private final Module up = child("up", convTranspose2d(6, 4, 2).stride(2));
    private final Module act = child("act", new PReLU(4));
    private final Module fc1 = child("fc1", new Linear(4096, 4096));
    private final Module gelu = child("gelu", Activation.gelu());
    private final Module fc2 = child("fc2", new Linear(4096, 10));

    Wide() {
      super(named("Wide"));
      fc1.share("weight", new Parameter(Shape.of(4096, 4096), false));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = F.relu(act.call(up.call(x)));
      y = F.softmax(Torch.matmul(y, y), -1);
      return fc2.call(gelu.call(fc1.call(Torch.flatten(y, 1))));
    }
  }
}
