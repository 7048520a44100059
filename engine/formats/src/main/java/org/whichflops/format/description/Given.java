package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;

/**
 * The arguments of a call, bound to the names of a signature. Values are numbers, texts, booleans,
 * null for None, tensors, and lists of these.
 */
final class Given {
  private final Syntax call;
  private final String function;
  private final Signature signature;
  private final @Nullable Object[] values;

  /** Binds arguments. */
  Given(Syntax call, String function, Passed passed, Signature signature) {
    this.call = call;
    this.function = function;
    this.signature = signature;
    this.values = new @Nullable Object[signature.names().size()];
    int placed = place(passed.positional());
    for (Map.Entry<String, @Nullable Object> entry : passed.named().entrySet()) {
      String key = entry.getKey();
      int place = signature.place(key);
      if (place < 0) {
        throw call.error(
            "%s has no argument '%s'%s"
                .formatted(function, key, Nearest.hint(key, signature.names())));
      }
      if (place < placed) {
        throw call.error("%s is given '%s' twice".formatted(function, key));
      }
      values[place] = entry.getValue();
    }
  }

  /** Places arguments without names; returns how many of the signature they are. */
  private int place(List<@Nullable Object> positional) {
    int fixed = signature.fixed();
    int placed = Math.min(fixed, positional.size());
    for (int i = 0; i < placed; i++) {
      values[i] = positional.get(i);
    }
    if (positional.size() <= fixed) {
      return placed;
    }
    if (!signature.rest()) {
      throw call.error(
          "%s takes %d arguments, %s, but %d are given"
              .formatted(function, fixed, String.join(", ", signature.names()), positional.size()));
    }
    List<@Nullable Object> left = positional.subList(fixed, positional.size());
    boolean packed = left.size() == 1 && left.get(0) instanceof List;
    values[fixed] = packed ? left.get(0) : new ArrayList<>(left);
    return fixed + 1;
  }

  /** The first argument; null where it is None or not given. */
  @Nullable Object first() {
    return values.length == 0 ? null : values[0];
  }

  /** Takes another value in the place of the first argument, if there is one. */
  void first(@Nullable Object value) {
    if (value != null) {
      values[0] = value;
    }
  }

  private @Nullable Object value(String name) {
    int place = signature.place(name);
    return place < 0 ? null : values[place];
  }

  /** Whether there is an argument of that name. */
  boolean takes(String name) {
    return signature.place(name) >= 0;
  }

  /** Whether an argument is given, and not None. */
  boolean has(String name) {
    return value(name) != null;
  }

  /** An argument that must be given. */
  private Object need(String name) {
    Object value = value(name);
    if (value == null) {
      throw call.error("%s needs '%s'".formatted(function, name));
    }
    return value;
  }

  private RuntimeException wrong(String name, String expected, Object value) {
    return call.error(
        "%s of %s is %s, not %s".formatted(name, function, expected, Values.text(value)));
  }

  /** A tensor. */
  Tensor tensor(String name) {
    Object value = need(name);
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    throw wrong(name, "a tensor", value);
  }

  /** A tensor, or null where none is given. */
  @Nullable Tensor tensorOrNull(String name) {
    return has(name) ? tensor(name) : null;
  }

  /** A tensor, or null for a number, whose value changes nothing. */
  @Nullable Tensor tensorOrNumber(String name) {
    if (isTensor(name)) {
      return tensor(name);
    }
    number(name);
    return null;
  }

  /** Python that stands for an argument, where it was bound before anybody evaluated it. */
  @Nullable Syntax syntax(String name) {
    return value(name) instanceof Syntax syntax ? syntax : null;
  }

  /** Whether an argument is a tensor. */
  boolean isTensor(String name) {
    return value(name) instanceof Tensor;
  }

  /** Tensors in a list. */
  Tensor[] tensors(String name) {
    Object value = need(name);
    if (value instanceof List<?> list && !list.isEmpty()) {
      Tensor[] tensors = new Tensor[list.size()];
      for (int i = 0; i < tensors.length; i++) {
        if (!(list.get(i) instanceof Tensor tensor)) {
          throw wrong(name, "a list of tensors", value);
        }
        tensors[i] = tensor;
      }
      return tensors;
    }
    throw wrong(name, "a list of tensors", value);
  }

  /** A whole number. */
  long whole(String name) {
    Object value = need(name);
    if (value instanceof Long whole) {
      return whole;
    }
    throw wrong(name, "a whole number", value);
  }

  /** A whole number of int's range. */
  int integer(String name) {
    long whole = whole(name);
    if (whole > Integer.MAX_VALUE || whole < Integer.MIN_VALUE) {
      throw wrong(name, "a whole number below 2^31", whole);
    }
    return (int) whole;
  }

  /** A whole number, or what it is where none is given. */
  int integer(String name, int fallback) {
    return has(name) ? integer(name) : fallback;
  }

  /** A number. */
  double number(String name) {
    Object value = need(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, "a number", value);
  }

  /** A number, or what it is where none is given. */
  double number(String name, double fallback) {
    return has(name) ? number(name) : fallback;
  }

  /** True or false. */
  boolean flag(String name, boolean fallback) {
    Object value = value(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "True or False", value);
  }

  /** A text. */
  String text(String name, String fallback) {
    Object value = value(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof String text) {
      return text;
    }
    throw wrong(name, "a text", value);
  }

  /** Whether an argument is a text. */
  boolean isText(String name) {
    return value(name) instanceof String;
  }

  /** One whole number or a list of them. */
  long[] longs(String name) {
    Object value = need(name);
    if (value instanceof Long whole) {
      return new long[] {whole};
    }
    if (value instanceof List<?> list) {
      long[] all = new long[list.size()];
      for (int i = 0; i < all.length; i++) {
        if (!(list.get(i) instanceof Long whole)) {
          throw wrong(name, "whole numbers", value);
        }
        all[i] = whole;
      }
      return all;
    }
    throw wrong(name, "whole numbers", value);
  }

  /** Whether an argument is a list. */
  boolean isList(String name) {
    return value(name) instanceof List;
  }

  /** One whole number of int's range or a list of them. */
  int[] integers(String name, int... fallback) {
    if (!has(name)) {
      return fallback;
    }
    long[] longs = longs(name);
    int[] all = new int[longs.length];
    for (int i = 0; i < all.length; i++) {
      if (longs[i] > Integer.MAX_VALUE || longs[i] < Integer.MIN_VALUE) {
        throw wrong(name, "whole numbers below 2^31", longs[i]);
      }
      all[i] = (int) longs[i];
    }
    return all;
  }

  /** As {@link #integers}, with 0 for None. */
  int[] integersOrNone(String name) {
    Object value = need(name);
    if (value instanceof List<?> list && list.contains(null)) {
      List<@Nullable Object> zeros = new ArrayList<>();
      list.forEach(item -> zeros.add(item == null ? (Object) 0L : item));
      values[signature.place(name)] = zeros;
    }
    return integers(name);
  }

  /** One number or a list of them. */
  double[] numbers(String name) {
    Object value = need(name);
    List<?> list = value instanceof List<?> items ? items : List.of(value);
    double[] all = new double[list.size()];
    for (int i = 0; i < all.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw wrong(name, "numbers", value);
      }
      all[i] = number.doubleValue();
    }
    return all;
  }

  /** A complaint about the call. */
  RuntimeException error(String problem) {
    return call.error("%s: %s".formatted(function, problem));
  }
}
