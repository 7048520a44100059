package org.whichflops.golden;

import static org.whichflops.engine.nn.Activation.relu;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.nn.Softmax;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * The modules that were written for {@link StructureCases}.
 *
 * <p>Class names are those of the results; what the classes do was read off the results too, and
 * stands beside each where more than one reading is possible.
 */
final class StructureModules {
  private StructureModules() {}

  /** One child, called twice in a row: fvcore sees two products and no addition. */
  static final class SharedTwice extends Module {
    private final Linear a = child("a", new Linear(10, 10));

    SharedTwice() {
      super(ModuleType.of("SharedTwice"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return a.call(a.call(x));
    }
  }

  /** One layer under two parents, where both call it {@code m}. */
  static final class SharedAcrossParents extends Module {
    private final Wrap p1;
    private final Wrap p2;

    SharedAcrossParents() {
      super(ModuleType.of("SharedAcrossParents"));
      Linear shared = new Linear(10, 10);
      p1 = child("p1", new Wrap(shared));
      p2 = child("p2", new Wrap(shared));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return p2.call(p1.call(x));
    }
  }

  /** One of three children is called. */
  static final class Unused extends Module {
    private final Linear a = child("a", new Linear(10, 10));

    Unused() {
      super(ModuleType.of("Unused"));
      child("unused", new Linear(10, 30));
      child("unused_seq", new Sequential(new Linear(10, 3)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return a.call(x);
    }
  }

  /**
   * Sequential in Sequential. Its last part is a softmax over the 5 outputs: thop counts 56 = 4 *
   * (3 * 5 - 1) for it.
   */
  static final class Nested extends Module {
    private final Sequential f =
        child(
            "f",
            new Sequential(
                new Sequential(new Linear(10, 10), relu()),
                new Sequential(new Sequential(new Linear(10, 5).noBias())),
                Softmax.softmax(-1)));

    Nested() {
      super(ModuleType.of("Nested"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return f.call(x);
    }
  }

  /** The layers of a ModuleList, called one after the other. */
  static final class MList extends Module {
    private final ModuleList l =
        child("l", new ModuleList(List.of(new Linear(10, 10), new Linear(10, 4))));

    MList() {
      super(ModuleType.of("MList"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x;
      for (Module layer : l.modules()) {
        y = layer.call(y);
      }
      return y;
    }
  }

  /**
   * {@code fc(x + p)}: pthflops counts 80 for the addition, twice the input's elements and not the
   * output's 16; ptflops and DeepSpeed, which see {@code torch.add} and {@code Tensor.add}, count
   * nothing. The parameter's name holds neither "weight" nor "bias", or torchinfo would count it in
   * {@code m}; which name it had, no result shows.
   */
  static final class OwnParam extends Module {
    private final Parameter p = parameter("p", 10);
    private final Linear fc = child("fc", new Linear(10, 4));

    OwnParam() {
      super(ModuleType.of("OwnParam"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return fc.call(x.plus(p));
    }
  }

  /**
   * {@code fc(x * weight)}: torchprofile counts 40 for the product, the input's elements; torchinfo
   * counts 40 for the parameter in {@code m}, 4 rows of 10, so it is named exactly "weight".
   */
  static final class OwnWeightNonLeaf extends Module {
    private final Parameter weight = parameter("weight", 10);
    private final Linear fc = child("fc", new Linear(10, 4));

    OwnWeightNonLeaf() {
      super(ModuleType.of("OwnWeightNonLeaf"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return fc.call(x.times(weight));
    }
  }

  /** {@code fc.forward(x)}, past the hooks. */
  static final class DirectForward extends Module {
    private final Linear fc = child("fc", new Linear(10, 4));

    DirectForward() {
      super(ModuleType.of("DirectForward"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return fc.callWithoutHooks(x);
    }
  }

  /** {@code F.linear(x, fc.weight, fc.bias)}. */
  static final class ChildWeightUse extends Module {
    private final Linear fc = child("fc", new Linear(10, 4));

    ChildWeightUse() {
      super(ModuleType.of("ChildWeightUse"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return F.linear(x, fc.weightParameter(), fc.biasParameter());
    }
  }

  /**
   * {@code x @ buffer}: fvcore sees {@code aten::matmul}, so it is no {@code torch.mm}; ptflops,
   * which sees {@code torch.matmul} and {@code Tensor.matmul}, counts nothing.
   */
  static final class BufferOnly extends Module {
    private final Parameter matrix = buffer("b", 10, 4);

    BufferOnly() {
      super(ModuleType.of("BufferOnly"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return x.at(matrix);
    }
  }

  /**
   * A dict of {@code fc(x)} and, last, of something of the input's shape: torchinfo takes the last
   * value's first two sizes, 4 and 10. No tool sees anything else computed, so it is the input.
   */
  static final class TwoOut extends Module {
    private final Linear fc = child("fc", new Linear(10, 4));

    TwoOut() {
      super(ModuleType.of("TwoOut"));
    }

    @Override
    public boolean returnsDict() {
      return true;
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      return new Tensor[] {fc.call(inputs[0]), inputs[0]};
    }
  }

  /** A convolution by {@code F.conv2d} with parameters {@code weight} and {@code bias}. */
  static final class ConvBag extends Module {
    private final ConvolutionArguments plain = Conv.conv2d(6, 8, 3).hyperparameters();
    private final Parameter weight = parameter("weight", plain.weightShape().sizes());
    private final Parameter bias = parameter("bias", 8);

    ConvBag() {
      super(ModuleType.of("ConvBag"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return F.conv(x, weight, bias, plain);
    }
  }

  /**
   * {@code x * gamma}, one number a channel. Whether gamma has the sizes 6x1x1 or is brought to
   * them in the forward, no result shows.
   */
  static final class Scale extends Module {
    private final Parameter gamma = parameter("gamma", 6, 1, 1);

    Scale() {
      super(ModuleType.of("Scale"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return x.times(gamma);
    }
  }

  /** Nothing at all. */
  static final class Empty extends Module {
    Empty() {
      super(ModuleType.of("Empty"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return x;
    }
  }
}
