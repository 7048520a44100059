package org.whichflops.format.onnx;

import java.util.Map;

/**
 * An ONNX file without its weights.
 *
 * @param file the file's name, for messages
 * @param producer the program that wrote it, with its version
 * @param opsets the version of each operator set, by domain; ONNX's own is the empty one
 * @param functions local functions by {@link Function#key}
 */
record Model(
    String file,
    String producer,
    Map<String, Long> opsets,
    Graph graph,
    Map<String, Function> functions) {

  /**
   * A function that the file defines.
   *
   * @param defaults the attributes that have a value where a call gives none
   */
  record Function(
      String domain, String name, Attributes defaults, Graph body, Map<String, Long> opsets) {
    static String key(String domain, String name) {
      return domain + "::" + name;
    }
  }

  /** ONNX's own domain has two names. */
  static String domain(String written) {
    return written.equals("ai.onnx") ? "" : written;
  }
}
