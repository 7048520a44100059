package org.whichflops.report.explain;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Label;

/** Names what two conventions do differently at one layer. */
final class ConventionCauses {
  /** What both count the same. */
  static final String ALIKE = "counted alike by both";

  private static final Set<String> ATTENTION =
      Set.of("nn.MultiheadAttention", "F.scaled_dot_product_attention");

  private final String from;
  private final String to;

  /** How many times as much the one with more makes of a multiply-accumulate: 1 or 2. */
  private final int factor;

  /** Whether it is {@link #to} that counts two. */
  private final boolean toCountsTwo;

  ConventionCauses(Side from, Side to) {
    this.from = from.name();
    this.to = to.name();
    int more = doubled(from, to);
    int less = doubled(to, from);
    factor = Math.max(more, less) > 0 ? 2 : 1;
    toCountsTwo = more >= less;
  }

  /** At how many layers one side's products are exactly, or all but a few, twice the other's. */
  private static int doubled(Side one, Side two) {
    int layers = 0;
    for (Map.Entry<String, Spot> entry : one.layers().entrySet()) {
      Spot other = two.layers().get(entry.getKey());
      if (other != null) {
        long a = products(entry.getValue());
        long b = products(other);
        layers += a != 0 && a <= Long.MAX_VALUE / 2 && b == 2 * a ? 1 : 0;
      }
    }
    return layers;
  }

  private static long products(Spot spot) {
    return spot.whole().getOrDefault(Label.MULTIPLY_ACCUMULATE, Amount.NONE).sum();
  }

  /** The causes at one layer, where either side may count nothing. */
  void of(@Nullable Spot a, @Nullable Spot b, Consumer<Cause> causes) {
    if (a != null && b != null && a.inParts() && b.inParts()) {
      Set<String> parts = new LinkedHashSet<>(a.parts().keySet());
      parts.addAll(b.parts().keySet());
      for (String part : parts) {
        of(kind(a.type(), part), a.parts().get(part), b.parts().get(part), causes);
      }
      return;
    }
    Spot either = a != null ? a : java.util.Objects.requireNonNull(b);
    String kind = kind(either.type(), Spot.WHOLE);
    of(kind, a == null ? null : a.whole(), b == null ? null : b.whole(), causes);
  }

  private static String kind(String type, String part) {
    return part.isEmpty() || part.startsWith("aten.") || !ATTENTION.contains(type) ? type : part;
  }

  private void of(
      String kind,
      @Nullable Map<Label, Amount> a,
      @Nullable Map<Label, Amount> b,
      Consumer<Cause> causes) {
    Set<Label> labels = EnumSet.noneOf(Label.class);
    if (a != null) {
      labels.addAll(a.keySet());
    }
    if (b != null) {
      labels.addAll(b.keySet());
    }
    for (Label label : labels) {
      Amount one = a == null ? Amount.NONE : a.getOrDefault(label, Amount.NONE);
      Amount two = b == null ? Amount.NONE : b.getOrDefault(label, Amount.NONE);
      if (one.sum() != 0 || two.sum() != 0) {
        of(kind, label, one, two, a == null, b == null, causes);
      }
    }
  }

  private void of(
      String kind,
      Label label,
      Amount a,
      Amount b,
      boolean unseenByFrom,
      boolean unseenByTo,
      Consumer<Cause> causes) {
    long calls = Math.max(a.calls(), b.calls());
    if (a.sum() == b.sum()) {
      causes.accept(new Cause(ALIKE, kind, calls, a.sum(), b.sum()));
    } else if (a.sum() == 0) {
      String text = missing(kind, label, unseenByFrom, from, to);
      causes.accept(new Cause(text, kind, calls, 0, b.sum()));
    } else if (b.sum() == 0) {
      String text = missing(kind, label, unseenByTo, to, from);
      causes.accept(new Cause(text, kind, calls, a.sum(), 0));
    } else if (label == Label.MULTIPLY_ACCUMULATE && factor == 2) {
      twice(kind, label, a, b, calls, causes);
    } else {
      causes.accept(new Cause(otherwise(kind, label, a, b), kind, calls, a.sum(), b.sum()));
    }
  }

  /** Two operations a multiply-accumulate; what that leaves is a difference of its own. */
  private void twice(
      String kind, Label label, Amount a, Amount b, long calls, Consumer<Cause> causes) {
    String text =
        "factor two: "
            + (toCountsTwo ? to : from)
            + " counts a multiply-accumulate as two operations";
    long rest;
    if (toCountsTwo) {
      causes.accept(new Cause(text, kind, calls, a.sum(), Math.multiplyExact(2, a.sum())));
      rest = Math.subtractExact(b.sum(), 2 * a.sum());
      if (rest != 0) {
        causes.accept(new Cause(otherwise(kind, label, a, b), kind, calls, 0, rest));
      }
    } else {
      causes.accept(new Cause(text, kind, calls, Math.multiplyExact(2, b.sum()), b.sum()));
      rest = Math.subtractExact(a.sum(), 2 * b.sum());
      if (rest != 0) {
        causes.accept(new Cause(otherwise(kind, label, a, b), kind, calls, rest, 0));
      }
    }
  }

  private static String missing(String kind, Label label, boolean unseen, String side, String by) {
    if (label == Label.FIRST_ADDITION) {
      return "a sum of n numbers takes n - 1 additions in " + by;
    }
    if (label == Label.MULTIPLY_ACCUMULATE) {
      String what = ATTENTION.contains(kind) ? "attention" : label.words();
      return what + " not " + (unseen ? "seen" : "counted") + " by " + side;
    }
    return words(label, kind) + " not counted by " + side;
  }

  /** The label's words, or those people use for that kind of layer. */
  private static String words(Label label, String kind) {
    if (label != Label.NORMALIZATION) {
      return label.words();
    }
    return kind.contains("BatchNorm") || kind.contains("batch_norm")
        ? "batch norm"
        : kind.contains("LayerNorm") || kind.contains("layer_norm") ? "layer norm" : label.words();
  }

  private String otherwise(String kind, Label label, Amount a, Amount b) {
    long most = Math.max(a.calls(), b.calls());
    long least = Math.min(a.calls(), b.calls());
    Amount more = a.calls() == most ? a : b;
    Amount less = more == a ? b : a;
    if (least > 0 && most > least && more.sum() / most * least == less.sum()) {
      return words(label, kind)
          + " counted "
          + (most == 2 * least ? "twice" : "again and again")
          + " by "
          + (more == a ? from : to);
    }
    return words(label, kind)
        + " by another formula: "
        + from
        + " is "
        + a.formulas()
        + ", "
        + to
        + " is "
        + b.formulas();
  }
}
