package org.whichflops.convention.deepspeed;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.INTERPOLATION;

import org.whichflops.convention.RuleTable;

/** What calflops does its own way: calflops/pytorch_ops.py, commit 29ca584. */
final class CalflopsRules {
  private CalflopsRules() {}

  /** {@code x @ y}, mm and bmm are missing: their patches are commented out. */
  private static final String[] MATMUL = {"torch.matmul", "Tensor.matmul"};

  static final RuleTable FLOPS =
      SharedRules.FLOPS.and(
          RuleTable.of(
              SharedRules.matmulFlops(MATMUL),
              sees("F.upsample", "F.interpolate")
                  .counts(INTERPOLATION, "asked + by_factor * numel(x)")
                  .note(
                      "by sizes their product without batch and channels; by a factor the "
                          + "input's elements, since the product with the factor is thrown away; "
                          + "several factors fail unless there are as many as images")
                  .source("pytorch_ops.py:229")));

  static final RuleTable MACS = SharedRules.MACS.and(RuleTable.of(SharedRules.matmulMacs(MATMUL)));
}
