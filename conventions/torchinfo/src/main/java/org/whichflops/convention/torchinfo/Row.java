package org.whichflops.convention.torchinfo;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Tensor;

/**
 * One line of a summary, torchinfo's {@code LayerInfo}: a module at one of its places in the model,
 * or one call of it.
 */
final class Row {
  /** Classes with a length in Python, which are false where they are empty. */
  private static final List<String> SIZED =
      List.of("nn.Sequential", "nn.ModuleList", "nn.ModuleDict");

  private static final long[] UNKNOWN = {};

  /** Macs past what a long holds. */
  static final long TOO_MANY = Long.MAX_VALUE;

  private final String name;
  private final Module module;
  private final int depth;
  private final @Nullable Row parent;
  private final boolean leaf;

  private boolean executed;
  private boolean recursive;
  private long[] inputSize = UNKNOWN;
  private long[] outputSize = UNKNOWN;
  private long macs;
  private int number;
  private List<Row> below = List.of();

  Row(String name, Module module, int depth, @Nullable Row parent) {
    this.name = name;
    this.module = module;
    this.depth = depth;
    this.parent = parent;
    this.leaf = isLeaf(module);
  }

  /** {@code not any(module.children())}, where an empty container counts as none. */
  static boolean isLeaf(Module module) {
    for (Module child : module.children().values()) {
      if (!child.children().isEmpty() || SIZED.stream().noneMatch(child.type()::isA)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes in what was seen of a call: its macs, and the sizes of the first tensors given and
   * returned, or of the last where they are returned in a dict.
   */
  void ran(Call call, long macs) {
    executed = true;
    inputSize = call.inputCount() > 0 ? sizes(call.input(0)) : UNKNOWN;
    int output = module.returnsDict() ? call.outputCount() - 1 : 0;
    outputSize = call.outputCount() > 0 ? sizes(call.output(output)) : UNKNOWN;
    this.macs = macs;
  }

  private static long[] sizes(Tensor tensor) {
    long[] sizes = new long[tensor.rank()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = tensor.size(i);
    }
    return sizes;
  }

  void markRecursive() {
    recursive = true;
  }

  /** Sets what is known once all rows are there: its number at its depth, and the rows below it. */
  void place(int number, List<Row> below) {
    this.number = number;
    this.below = below;
  }

  /** The name its parent gives it; the class's where it has no parent. */
  String name() {
    return name;
  }

  Module module() {
    return module;
  }

  /** The name of the class. */
  String type() {
    return module.type().name();
  }

  /** 0 for the root. */
  int depth() {
    return depth;
  }

  @Nullable Row parent() {
    return parent;
  }

  /** From the root, as {@code layer1.0.conv1}. */
  String path() {
    if (parent == null) {
      return "";
    }
    return parent.parent == null ? name : parent.path() + "." + name;
  }

  boolean leaf() {
    return leaf;
  }

  boolean executed() {
    return executed;
  }

  /** Whether the module has a row before this one. */
  boolean recursive() {
    return recursive;
  }

  /** Sizes as Python prints a list; empty where there are none. */
  String inputSize() {
    return inputSize.length == 0 ? "" : Arrays.toString(inputSize);
  }

  /** Sizes as Python prints a list; empty where there are none. */
  String outputSize() {
    return outputSize.length == 0 ? "" : Arrays.toString(outputSize);
  }

  /** Elements of the output; 1 where it has no sizes. */
  long outputElements() {
    long product = 1;
    for (long size : outputSize) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** Elements of all parameters, those below included. */
  long parameters() {
    return module.parameterCount();
  }

  /** The same of those that gradients are kept for. */
  long trainable() {
    return module.trainableParameterCount();
  }

  /** What the tool computes for this row, {@link #TOO_MANY} where that is past 2^63 - 1. */
  long macs() {
    return macs;
  }

  /** The place among the rows of its depth, from 1. */
  int number() {
    return number;
  }

  /** All rows below it. */
  List<Row> below() {
    return below;
  }
}
