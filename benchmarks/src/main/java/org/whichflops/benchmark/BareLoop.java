package org.whichflops.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** The least that counting a network by a number of conventions can cost. */
final class BareLoop {
  private BareLoop() {}

  /** Batch, output channels, positions, kernel and input channels a group of every convolution. */
  static long[][] convolutions(ForwardPass pass) {
    List<long[]> all = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee().key().equals("aten.convolution")) {
        all.add(
            new long[] {
              call.size(Role.Y, 0),
              call.attribute(Attribute.C_OUT),
              call.spatial(Role.Y),
              call.attribute(Attribute.KERNEL),
              call.attribute(Attribute.C_IN) / call.attribute(Attribute.GROUPS)
            });
      }
    }
    return all.toArray(long[][]::new);
  }

  /** The product of each convolution's sizes, once a convention, added up. */
  static long sum(long[][] convolutions, int conventions) {
    long sum = 0;
    for (int c = 0; c < conventions; c++) {
      for (long[] sizes : convolutions) {
        sum += sizes[0] * sizes[1] * sizes[2] * sizes[3] * sizes[4] + c;
      }
    }
    return sum;
  }
}
