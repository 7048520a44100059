package org.whichflops.zoo.papers;

import java.util.List;
import java.util.stream.IntStream;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** An Inception block: named branches over one input, whose channels are put side by side. */
final class Branches extends Module {
  private final List<Module> branches;

  /** Branches named branch0, branch1 and so on. */
  Branches(ModuleType type, Module... branches) {
    this(type, numbered(branches.length), branches);
  }

  /** Branches under names of their own, called in the given order. */
  Branches(ModuleType type, List<String> names, Module... branches) {
    super(type);
    this.branches = List.of(branches);
    for (int i = 0; i < branches.length; i++) {
      child(names.get(i), branches[i]);
    }
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "branch" + i).toList();
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] results = new Tensor[branches.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = branches.get(i).call(x);
    }
    return Torch.cat(1, results);
  }
}
