package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * The blocks of Inception v3: branches side by side, their outputs concatenated. A branch is a
 * chain of convolutions; it may begin with a pooling and may end in two convolutions side by side.
 */
final class InceptionBlock extends Module {
  private static final String FILE = "torchvision.models.inception.";
  private static final ModuleType BASIC_CONV = ModuleType.of(FILE + "BasicConv2d");

  private static final PoolingArguments MAX_BY_2 =
      PoolingArguments.of(2, Extents.of(3), Extents.of(2));
  private static final PoolingArguments AVERAGE =
      new PoolingArguments(2, Extents.of(3), Extents.of(1), Extents.of(1), Extents.of(1), false);

  private final List<Branch> branches = new ArrayList<>();

  private InceptionBlock(String name) {
    super(ModuleType.of(FILE + name));
  }

  /** Figure 5 of the paper, with a 5x5 in the second branch. */
  static InceptionBlock a(int in, int poolChannels) {
    InceptionBlock block = new InceptionBlock("InceptionA");
    block.branch().then("branch1x1", conv2d(in, 64, 1));
    block
        .branch()
        .then("branch5x5_1", conv2d(in, 48, 1))
        .then("branch5x5_2", conv2d(48, 64, 5).padding(2));
    block
        .branch()
        .then("branch3x3dbl_1", conv2d(in, 64, 1))
        .then("branch3x3dbl_2", conv2d(64, 96, 3).padding(1))
        .then("branch3x3dbl_3", conv2d(96, 96, 3).padding(1));
    block.branch().averaged().then("branch_pool", conv2d(in, poolChannels, 1));
    return block;
  }

  /** Halves the resolution of 35x35; figure 10 of the paper. */
  static InceptionBlock b(int in) {
    InceptionBlock block = new InceptionBlock("InceptionB");
    block.branch().then("branch3x3", conv2d(in, 384, 3).stride(2));
    block
        .branch()
        .then("branch3x3dbl_1", conv2d(in, 64, 1))
        .then("branch3x3dbl_2", conv2d(64, 96, 3).padding(1))
        .then("branch3x3dbl_3", conv2d(96, 96, 3).stride(2));
    block.branch().halved();
    return block;
  }

  /** Figure 6 of the paper, n = 7. */
  static InceptionBlock c(int in, int inner) {
    InceptionBlock block = new InceptionBlock("InceptionC");
    block.branch().then("branch1x1", conv2d(in, 192, 1));
    block
        .branch()
        .then("branch7x7_1", conv2d(in, inner, 1))
        .then("branch7x7_2", conv1x7(inner, inner))
        .then("branch7x7_3", conv7x1(inner, 192));
    block
        .branch()
        .then("branch7x7dbl_1", conv2d(in, inner, 1))
        .then("branch7x7dbl_2", conv7x1(inner, inner))
        .then("branch7x7dbl_3", conv1x7(inner, inner))
        .then("branch7x7dbl_4", conv7x1(inner, inner))
        .then("branch7x7dbl_5", conv1x7(inner, 192));
    block.branch().averaged().then("branch_pool", conv2d(in, 192, 1));
    return block;
  }

  /** Halves the resolution of 17x17. */
  static InceptionBlock d(int in) {
    InceptionBlock block = new InceptionBlock("InceptionD");
    block
        .branch()
        .then("branch3x3_1", conv2d(in, 192, 1))
        .then("branch3x3_2", conv2d(192, 320, 3).stride(2));
    block
        .branch()
        .then("branch7x7x3_1", conv2d(in, 192, 1))
        .then("branch7x7x3_2", conv1x7(192, 192))
        .then("branch7x7x3_3", conv7x1(192, 192))
        .then("branch7x7x3_4", conv2d(192, 192, 3).stride(2));
    block.branch().halved();
    return block;
  }

  /** Figure 7 of the paper. */
  static InceptionBlock e(int in) {
    InceptionBlock block = new InceptionBlock("InceptionE");
    block.branch().then("branch1x1", conv2d(in, 320, 1));
    block
        .branch()
        .then("branch3x3_1", conv2d(in, 384, 1))
        .fork("branch3x3_2a", conv1x3(384, 384), "branch3x3_2b", conv3x1(384, 384));
    block
        .branch()
        .then("branch3x3dbl_1", conv2d(in, 448, 1))
        .then("branch3x3dbl_2", conv2d(448, 384, 3).padding(1))
        .fork("branch3x3dbl_3a", conv1x3(384, 384), "branch3x3dbl_3b", conv3x1(384, 384));
    block.branch().averaged().then("branch_pool", conv2d(in, 192, 1));
    return block;
  }

  /** A convolution with this file's batch norm and ReLU. */
  static BasicConv2d conv(Conv conv) {
    return new BasicConv2d(BASIC_CONV, conv);
  }

  private static Conv conv1x7(int in, int out) {
    return conv2d(in, out, 1, 7).padding(0, 3);
  }

  private static Conv conv7x1(int in, int out) {
    return conv2d(in, out, 7, 1).padding(3, 0);
  }

  private static Conv conv1x3(int in, int out) {
    return conv2d(in, out, 1, 3).padding(0, 1);
  }

  private static Conv conv3x1(int in, int out) {
    return conv2d(in, out, 3, 1).padding(1, 0);
  }

  private Branch branch() {
    Branch branch = new Branch();
    branches.add(branch);
    return branch;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] outputs = new Tensor[branches.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = branches.get(i).of(x);
    }
    return Torch.cat(1, outputs);
  }

  /** No module in the source: its convolutions are the block's own children. */
  private final class Branch {
    private boolean averaged;
    private boolean halved;
    private final List<BasicConv2d> chain = new ArrayList<>();
    private BasicConv2d @Nullable [] fork;

    Branch averaged() {
      averaged = true;
      return this;
    }

    Branch halved() {
      halved = true;
      return this;
    }

    Branch then(String name, Conv conv) {
      chain.add(child(name, conv(conv)));
      return this;
    }

    Branch fork(String nameA, Conv a, String nameB, Conv b) {
      fork = new BasicConv2d[] {child(nameA, conv(a)), child(nameB, conv(b))};
      return this;
    }

    Tensor of(Tensor x) {
      Tensor y = averaged ? F.avgPool(x, AVERAGE) : halved ? F.maxPool(x, MAX_BY_2) : x;
      for (int i = 0; i < chain.size(); i++) {
        y = chain.get(i).call(y);
      }
      return fork == null ? y : Torch.cat(1, fork[0].call(y), fork[1].call(y));
    }
  }
}
