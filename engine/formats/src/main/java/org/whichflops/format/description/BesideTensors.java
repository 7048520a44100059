package org.whichflops.format.description;

import org.whichflops.format.json.Json;

/**
 * What a Python module takes and returns beside tensors, which tools with hooks trip over.
 *
 * @param returnsDict whether it returns its tensors in a dict
 * @param takesOthers whether it is given a dict or numbers by position
 */
record BesideTensors(boolean returnsDict, boolean takesOthers) {
  static final String RETURNS_DICT = "returns_dict";
  static final String TAKES_OTHERS = "takes_others";

  static BesideTensors of(Json module) {
    return new BesideTensors(module.flag(RETURNS_DICT, false), module.flag(TAKES_OTHERS, false));
  }
}
