package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The symbols of a file, each with its value at the exported size and the values it may have. */
final class Symbols {
  /** What a symbol may be. */
  record Range(long least, long most) {
    static final Range ANY = new Range(0, Long.MAX_VALUE);

    boolean has(long value) {
      return value >= least && value <= most;
    }

    @Override
    public String toString() {
      if (most == Long.MAX_VALUE) {
        return least + " or more";
      }
      return least == most ? Long.toString(least) : least + " to " + most;
    }
  }

  private static final int MOST = 1000;

  private final Map<String, Integer> indices = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Map<SizeExpr, Range> ranges = new HashMap<>();
  private long[] exported = {};

  /** The symbol of a name, known from then on. */
  SizeExpr named(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      if (names.size() == MOST) {
        throw new IllegalArgumentException("there are more than %d symbols".formatted(MOST));
      }
      index = names.size();
      indices.put(name, index);
      names.add(name);
    }
    return new SizeExpr.Symbol(index);
  }

  int count() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }

  /** Sets what a size may be: a symbol, or an expression as the input has it. */
  void range(SizeExpr size, Range range) {
    ranges.put(size, range);
  }

  /** What a size may be that depends on one symbol. */
  Range range(SizeExpr size, int index) {
    Range own = ranges.get(size);
    if (own != null) {
      return own;
    }
    Range symbol = ranges.getOrDefault(new SizeExpr.Symbol(index), Range.ANY);
    return new Range(
        at(size, index, symbol.least(), 0), at(size, index, symbol.most(), Long.MAX_VALUE));
  }

  private long at(SizeExpr size, int index, long value, long otherwise) {
    long[] trial = exported();
    trial[index] = value;
    try {
      return size.at(trial);
    } catch (ArithmeticException e) {
      return otherwise;
    }
  }

  /** Sets a symbol's value at the exported size. */
  void exported(int index, long value) {
    grow();
    exported[index] = value;
  }

  private void grow() {
    if (exported.length < names.size()) {
      exported = Arrays.copyOf(exported, names.size());
    }
  }

  /** Every symbol's value at the exported size. */
  long[] exported() {
    grow();
    return exported.clone();
  }
}
