package org.whichflops.convention.torchinfo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.whichflops.engine.nn.Module;

/**
 * What is left of a container's parameters once those in the rows below it are taken away, as
 * torchinfo's {@code leftover_params} has it.
 */
final class Leftover {
  private final TorchinfoVersion version;
  private final ToLongFunction<Row> amount;
  private final Map<Row, Long> known = new HashMap<>();

  /** What is left of an amount, such as all parameters or the trainable ones. */
  Leftover(TorchinfoVersion version, ToLongFunction<Row> amount) {
    this.version = version;
    this.amount = amount;
  }

  long of(Row row) {
    Long before = known.get(row);
    if (before == null) {
      before = version == TorchinfoVersion.RELEASE ? release(row) : master(row);
      known.put(row, before);
    }
    return before;
  }

  /** layer_info.py:299 of 1.8.0. */
  private long release(Row row) {
    long left = amount.applyAsLong(row);
    for (Row child : row.below()) {
      if (!child.recursive()) {
        left -= taken(child);
      }
    }
    return left;
  }

  /** layer_info.py:340 of 5c4164f: a repeated module is taken away once, and its rows skipped. */
  private long master(Row row) {
    long left = amount.applyAsLong(row);
    Set<Module> seen = new HashSet<>();
    List<Row> below = row.below();
    for (int i = 0; i < below.size(); i++) {
      Row child = below.get(i);
      if (!child.recursive()) {
        seen.add(child.module());
        left -= taken(child);
      } else {
        left -= seen.add(child.module()) ? amount.applyAsLong(child) : 0;
        while (i + 1 < below.size() && below.get(i + 1).depth() > child.depth()) {
          i++;
        }
      }
    }
    return left;
  }

  private long taken(Row child) {
    return child.leaf() ? amount.applyAsLong(child) : of(child);
  }
}
