package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is worked out once for all conventions that count a pass, and holds as long as the pass
 * calls the same: see {@link ForwardPass#structure}.
 */
final class Shared {
  private final ForwardPass pass;
  private final int structure;
  private final List<CallGroup> groups = new ArrayList<>();
  private final List<Operands> operands = new ArrayList<>();
  private final Map<List<PassSum.Multiple>, PassSum> sums = new HashMap<>();
  private List<AlikeCalls> alike = List.of();

  /** Nothing yet, of what a pass holds now. */
  Shared(ForwardPass pass) {
    this.pass = pass;
    this.structure = pass.structure();
  }

  boolean isOf(int other) {
    return structure == other;
  }

  CallGroup group(int[] indices) {
    for (CallGroup group : groups) {
      if (group.isOf(indices)) {
        return group;
      }
    }
    CallGroup group = new CallGroup(pass, indices);
    groups.add(group);
    return group;
  }

  PassSum sum(List<PassSum.Multiple> multiples) {
    PassSum known = sums.get(multiples);
    if (known == null) {
      known = new PassSum(pass, multiples);
      sums.put(multiples, known);
    }
    return known;
  }

  Operands operands(Tensor[] tensors) {
    for (Operands known : operands) {
      if (known.areOf(tensors)) {
        return known;
      }
    }
    Operands found = new Operands(tensors);
    operands.add(found);
    return found;
  }

  /**
   * All calls by what they call.
   *
   * @param variantKeys what each call calls, and room for more
   */
  List<AlikeCalls> alike(String[] variantKeys) {
    if (alike.isEmpty()) {
      Map<String, AlikeCalls> byKey = new LinkedHashMap<>();
      for (int i = 0; i < pass.size(); i++) {
        AlikeCalls known = byKey.get(variantKeys[i]);
        if (known == null) {
          known = new AlikeCalls(pass.call(i).callee());
          byKey.put(variantKeys[i], known);
        }
        known.add(i);
      }
      List<AlikeCalls> all = new ArrayList<>(byKey.size());
      for (AlikeCalls calls : byKey.values()) {
        all.add(calls.trimmed());
      }
      alike = Collections.unmodifiableList(all);
    }
    return alike;
  }
}
