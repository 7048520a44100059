package org.whichflops.convention.languagemodels;

import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/** What makes a network one over tokens: a table of embeddings that its input goes through. */
final class Tokens {
  private Tokens() {}

  /**
   * The number of tokens of a pass: the elements of its first input.
   *
   * @throws ToolFailureException where the network has no embedding to take tokens
   */
  static long of(Network network, ForwardPass pass) {
    for (Module module : network.modules()) {
      if (module instanceof Embedding) {
        return pass.call(0).input(0).numel();
      }
    }
    throw new ToolFailureException(
        "it is for Transformers over tokens, and " + network.name() + " has no nn.Embedding");
  }

  /** Whether a module's weight has the shape of a table of embeddings, or is one. */
  static boolean isShapedAsAnEmbedding(Network network, Module module) {
    Parameter weight = module.parameters().get("weight");
    for (Module other : network.modules()) {
      Parameter table = other instanceof Embedding ? other.parameters().get("weight") : null;
      if (weight != null
          && table != null
          && weight.size(0) == table.size(0)
          && weight.size(1) == table.size(1)) {
        return true;
      }
    }
    return false;
  }
}
