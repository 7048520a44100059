package org.whichflops.engine.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.whichflops.engine.tensor.Parameter;

/**
 * The elements of the parameters that {@code named_parameters()} lists for a module, by their
 * names: those below it have their path in front, as {@code 0.weight}, and a shared one has its
 * first name only.
 *
 * @param weight of the one named {@code weight}
 * @param bias of the one named {@code bias}
 * @param otherWeights of others that have {@code weight} in their names
 * @param otherBiases of others that have {@code bias} in their names and not {@code weight}
 */
record ElementsByName(long weight, long bias, long otherWeights, long otherBiases) {
  private static final ElementsByName NONE = new ElementsByName(0, 0, 0, 0);

  static ElementsByName of(Module module) {
    return NONE.with(
        module,
        "",
        Collections.newSetFromMap(new IdentityHashMap<>()),
        Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private ElementsByName with(
      Module module, String path, Set<Module> seen, Set<Parameter> counted) {
    if (!seen.add(module)) {
      return this;
    }
    ElementsByName sum = this;
    for (Map.Entry<String, Parameter> parameter : module.parameters().entrySet()) {
      if (counted.add(parameter.getValue())) {
        sum = sum.with(path + parameter.getKey(), parameter.getValue().numel());
      }
    }
    for (Map.Entry<String, Module> child : module.children().entrySet()) {
      sum = sum.with(child.getValue(), path + child.getKey() + ".", seen, counted);
    }
    return sum;
  }

  private ElementsByName with(String name, long numel) {
    if (name.equals("weight")) {
      return new ElementsByName(Math.addExact(weight, numel), bias, otherWeights, otherBiases);
    }
    if (name.equals("bias")) {
      return new ElementsByName(weight, Math.addExact(bias, numel), otherWeights, otherBiases);
    }
    if (name.contains("weight")) {
      return new ElementsByName(weight, bias, Math.addExact(otherWeights, numel), otherBiases);
    }
    if (name.contains("bias")) {
      return new ElementsByName(weight, bias, otherWeights, Math.addExact(otherBiases, numel));
    }
    return this;
  }
}
