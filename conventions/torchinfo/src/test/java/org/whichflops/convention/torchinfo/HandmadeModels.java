package org.whichflops.convention.torchinfo;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.List;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleDict;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** The models of {@code handmade/record.py}. */
final class HandmadeModels {
  private HandmadeModels() {}

  static Module of(String name) {
    return switch (name) {
      case "TwoParents" -> new TwoParents();
      case "Lists" -> new Lists();
      case "Tied" -> new Tied();
      case "PartlyFrozen" -> new PartlyFrozen();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static final class TwoParents extends Module {
    private final Sequential a;
    private final ModuleList b;
    private final Linear fc;

    TwoParents() {
      super(ModuleType.of("record.TwoParents"));
      Sequential block = new Sequential(conv2d(6, 6, 3).padding(1), BatchNorm.batchNorm2d(6));
      a = child("a", new Sequential(block, relu()));
      b = child("b", new ModuleList(List.of(relu(), new Sequential(block))));
      fc = child("fc", new Linear(16, 4));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = b.modules().get(0).call(a.call(x));
      return fc.call(a.call(b.modules().get(1).call(y)));
    }
  }

  private static final class Lists extends Module {
    private final ModuleList lists =
        child("l", new ModuleList(List.of(convolutionAndPool(), convolutionAndPool())));
    private final Dict dict = child("d", new Dict());

    Lists() {
      super(ModuleType.of("record.Lists"));
      parameter("w", 3);
      child("unused", new Linear(3, 3));
    }

    private static ModuleList convolutionAndPool() {
      return new ModuleList(List.of(conv2d(6, 6, 1), maxPool2d(1)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return through(dict.layer.call(through(x)));
    }

    private Tensor through(Tensor x) {
      Tensor y = x;
      for (Module list : lists.modules()) {
        for (Module layer : ((ModuleList) list).modules()) {
          y = layer.call(y);
        }
      }
      return y;
    }
  }

  private static final class Dict extends Module {
    private final Linear layer = child("k", new Linear(16, 16));

    Dict() {
      super(ModuleDict.TYPE);
    }
  }

  private static final class Tied extends Module {
    private final Linear a = child("a", new Linear(16, 16));
    private final Linear b = child("b", new Linear(16, 16).tiedTo(a.weightParameter()));
    private final Linear c = child("c", new Linear(16, 16).noBias().tiedTo(a.weightParameter()));

    Tied() {
      super(ModuleType.of("record.Tied"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return c.call(b.call(a.call(x)));
    }
  }

  private static final class PartlyFrozen extends Module {
    PartlyFrozen() {
      super(ModuleType.of("record.PartlyFrozen"));
      child("all", new Frozen(false, false));
      child("some", new Frozen(true, false));
      child("none", new Frozen(true, true));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x;
      for (Module layer : children().values()) {
        y = layer.call(y);
      }
      return y;
    }
  }

  private static final class Frozen extends Module {
    private final Parameter weight;

    Frozen(boolean trainsWeight, boolean trainsOthers) {
      super(ModuleType.of("record.Frozen"));
      weight = parameter("weight", new Parameter(Shape.of(6, 1, 1), trainsWeight));
      parameter("my_bias", new Parameter(Shape.of(6, 1, 1), trainsOthers));
      parameter("gamma", new Parameter(Shape.of(6, 1, 1), trainsOthers));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return x.times(weight);
    }
  }
}
