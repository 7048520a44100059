package org.whichflops.convention;

import java.util.List;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;

/** What a tool, a formula or a paper would call a forward pass. */
public interface Convention {
  /** Who it speaks for. */
  About about();

  /** Its rules; what no rule sees counts nothing. */
  RuleTable rules();

  /** The mode of the forward pass that it watches. */
  Mode mode();

  /** Gets ready to count one network, at any number of inputs. */
  Counter counter(Network network);

  /**
   * The id, with options, of the built-in convention that adds up as this one does; empty where
   * every call that a rule sees is added once.
   */
  default String addsUpAs() {
    return about().id();
  }

  /** The options that {@link #with} takes. */
  List<Choice> options();

  /**
   * The same convention with an option set.
   *
   * @throws IllegalArgumentException where it has no such option or the value is wrong
   */
  Convention with(String option, String value);
}
