package org.whichflops.convention.torchinfo;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Quantities;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Tensor;

/** A call that returns a dict: its output is the dict's last value (layer_info.py:112). */
record LastOutput(Call call) implements Quantities {
  private Tensor y() {
    return call.output(call.outputCount() - 1);
  }

  @Override
  public long size(Role role, int dim) {
    return role == Role.Y ? y().size(dim) : call.size(role, dim);
  }

  @Override
  public long numel(Role role) {
    return role == Role.Y ? y().numel() : call.numel(role);
  }

  @Override
  public long spatial(Role role) {
    if (role != Role.Y) {
      return call.spatial(role);
    }
    long product = 1;
    for (int i = 2; i < y().rank(); i++) {
      product = Math.multiplyExact(product, y().size(i));
    }
    return product;
  }

  @Override
  public long attribute(Attribute attribute) {
    return call.attribute(attribute);
  }
}
