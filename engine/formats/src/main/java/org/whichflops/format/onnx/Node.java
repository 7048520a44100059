package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;

/** One node of a graph. */
final class Node {
  /** The place of a value that is left out. */
  static final int ABSENT = -1;

  private final String name;
  private final String domain;
  private final String op;
  private final int[] inputs;
  private final int[] outputs;
  private final Attributes attributes;
  private final @Nullable ExportedScopes scopes;

  /**
   * All there is of it.
   *
   * @param name its name, or the name of its first output where it has none
   * @param domain who defines the operator; empty for ONNX itself
   * @param inputs the values it reads, {@link #ABSENT} where one is left out
   * @param outputs the values it makes, {@link #ABSENT} where one is not wanted
   * @param scopes where the exporter found it in the model, null where it does not say
   */
  Node(
      String name,
      String domain,
      String op,
      int[] inputs,
      int[] outputs,
      Attributes attributes,
      @Nullable ExportedScopes scopes) {
    this.name = name;
    this.domain = domain;
    this.op = op;
    this.inputs = inputs;
    this.outputs = outputs;
    this.attributes = attributes;
    this.scopes = scopes;
  }

  String name() {
    return name;
  }

  String domain() {
    return domain;
  }

  String op() {
    return op;
  }

  int[] inputs() {
    return inputs;
  }

  int[] outputs() {
    return outputs;
  }

  Attributes attributes() {
    return attributes;
  }

  @Nullable ExportedScopes scopes() {
    return scopes;
  }

  /** Whether it is the operator of that name in ONNX's own domain. */
  boolean is(String operator) {
    return domain.isEmpty() && op.equals(operator);
  }

  /** The same node with other attributes. */
  Node with(Attributes others) {
    return new Node(name, domain, op, inputs, outputs, others, scopes);
  }

  /** How messages call it. */
  String place() {
    return "node '" + name + "' (" + qualifiedOp() + ")";
  }

  /** The operator with its domain where that is not ONNX's own. */
  String qualifiedOp() {
    return domain.isEmpty() || domain.equals(Fusion.DOMAIN) ? op : domain + "." + op;
  }
}
