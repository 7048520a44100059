package org.whichflops.convention.languagemodels;

import java.util.Map;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/** Adds so many operations for every parameter and token. */
final class PalmCounter extends RuleCounter {
  private final long parameters;
  private final boolean perToken;

  PalmCounter(Network network, RuleTable rules, Map<String, String> given) {
    super(network, rules);
    long all = network.parameters();
    if ("excluded".equals(given.get("embeddings"))) {
      for (Module module : network.modules()) {
        for (Parameter parameter : module.parameters().values()) {
          all -= module instanceof Embedding ? parameter.numel() : 0;
        }
      }
    }
    parameters = Math.multiplyExact("false".equals(given.get("training")) ? 2 : 6, all);
    perToken = "token".equals(given.get("per"));
  }

  @Override
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    long tokens = Tokens.of(network(), pass);
    long attention = super.total(pass, modules, functionsAndOperators);
    return perToken
        ? Math.addExact(parameters, attention / tokens)
        : Math.addExact(Math.multiplyExact(parameters, tokens), attention);
  }

  @Override
  protected Course course(ForwardPass pass, Course modules, Course functionsAndOperators) {
    return Course.OTHER; // not looked into
  }

  @Override
  protected Label adjustment() {
    return Label.PARAMETERS_TIMES_TOKENS;
  }
}
