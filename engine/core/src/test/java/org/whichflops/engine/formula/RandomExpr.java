package org.whichflops.engine.formula;

import java.util.SplittableRandom;

/** Draws expressions of every kind. */
final class RandomExpr {
  private final SplittableRandom random;

  RandomExpr(long seed) {
    random = new SplittableRandom(seed);
  }

  Expr next() {
    return next(random.nextInt(1, 6), false);
  }

  private Expr next(int depth, boolean inTrunc) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return leaf();
    }
    int kind = random.nextInt(inTrunc ? 8 : 7);
    if (kind == 0) {
      return new Negative(next(depth - 1, inTrunc));
    }
    if (kind == 1) {
      return new Truncated(next(depth - 1, true));
    }
    boolean integers = kind == 5 || kind == 6;
    Expr left = next(depth - 1, inTrunc && !integers);
    Expr right = next(depth - 1, inTrunc && !integers);
    return switch (kind) {
      case 2 -> new Sum(left, right);
      case 3 -> new Difference(left, right);
      case 4 -> new Product(left, right);
      case 5 -> new FloorQuotient(left, right);
      case 6 -> new Power(left, right);
      default -> new Quotient(left, right);
    };
  }

  private Expr leaf() {
    return switch (random.nextInt(6)) {
      case 0 -> new Constant(random.nextLong(Long.MAX_VALUE >> random.nextInt(63)));
      case 1 -> new Numel(pick(Role.values()));
      case 2 -> new Spatial(pick(Role.values()));
      case 3 -> new Size(pick(Role.values()), random.nextInt(-4, 5));
      case 4 -> pick(Attribute.values());
      default -> new Constant(random.nextInt(4));
    };
  }

  private <T> T pick(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
