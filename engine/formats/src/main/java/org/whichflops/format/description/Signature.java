package org.whichflops.format.description;

import org.whichflops.format.json.Json;

/**
 * What a Python module takes and returns beside tensors, which tools with hooks trip over.
 *
 * @param returnsDict whether it returns its tensors in a dict
 * @param takesOthers whether it is given a dict or numbers by position
 */
record Signature(boolean returnsDict, boolean takesOthers) {
  static final String RETURNS_DICT = "returns_dict";
  static final String TAKES_OTHERS = "takes_others";

  static Signature of(Json module) {
    return new Signature(module.flag(RETURNS_DICT, false), module.flag(TAKES_OTHERS, false));
  }
}
