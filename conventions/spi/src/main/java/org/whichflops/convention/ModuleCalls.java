package org.whichflops.convention;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** Which call of a module is its first in a pass, and which its last. */
public final class ModuleCalls {
  private static final int NONE = -1;

  private final int[] first;
  private final int[] last;
  private @Nullable ForwardPass foundIn;
  private int structure;

  /** The calls of a network's modules. */
  public ModuleCalls(Network network) {
    first = new int[network.modules().size()];
    last = new int[first.length];
  }

  /** Whether the module called was not called before. */
  public boolean isFirst(ForwardPass pass, Call call) {
    find(pass);
    return call.callee() instanceof Module module && first[module.index()] == call.index();
  }

  /** Whether the module called is not called again. */
  public boolean isLast(ForwardPass pass, Call call) {
    find(pass);
    return call.callee() instanceof Module module && last[module.index()] == call.index();
  }

  private void find(ForwardPass pass) {
    if (foundIn == pass && structure == pass.structure()) {
      return;
    }
    Arrays.fill(first, NONE);
    Arrays.fill(last, NONE);
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Module module) {
        first[module.index()] = first[module.index()] == NONE ? i : first[module.index()];
        last[module.index()] = i;
      }
    }
    foundIn = pass;
    structure = pass.structure();
  }
}
