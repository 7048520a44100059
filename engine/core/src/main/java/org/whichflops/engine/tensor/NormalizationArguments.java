package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.formula.Size;

/**
 * The arguments of a normalization.
 *
 * @param scaled whether a learnt weight multiplies
 * @param shifted whether a learnt bias is added
 * @param affine 1 or 0 as the module's {@code affine}; -1 where it has no attribute of that name
 * @param row numbers normalized together; 0 for the numbers of one sample's channel, -n for those
 *     of one of n groups of a sample's channels, {@link #CHANNEL} for those of a channel over the
 *     batch
 */
public record NormalizationArguments(boolean scaled, boolean shifted, int affine, long row)
    implements Arguments {
  /** Statistics over the batch and all positions of one channel. */
  public static final long CHANNEL = Long.MIN_VALUE;

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case SCALED -> scaled ? 1 : 0;
      case SHIFTED -> shifted ? 1 : 0;
      case AFFINE -> affine < 0 ? NONE.attribute(attribute, call) : affine;
      case BATCH_STATISTICS -> row == CHANNEL ? 1 : 0;
      case ROW -> row(call);
      default -> NONE.attribute(attribute, call);
    };
  }

  @Override
  public @Nullable Expr expression(Attribute attribute, Call call) {
    if (attribute != Attribute.ROW) {
      return null;
    }
    if (row > 0) {
      return new Constant(row);
    }
    Expr elements = new Numel(Role.X);
    if (row == CHANNEL) {
      return new FloorQuotient(elements, new Size(Role.X, 1));
    }
    Expr sample = new FloorQuotient(elements, new Size(Role.X, 0));
    return new FloorQuotient(sample, row == 0 ? new Size(Role.X, 1) : new Constant(-row));
  }

  private long row(Call call) {
    if (row > 0) {
      return row;
    }
    if (row == CHANNEL) {
      return call.numel(Role.X) / call.size(Role.X, 1);
    }
    long sample = call.numel(Role.X) / call.size(Role.X, 0);
    return row == 0 ? sample / call.size(Role.X, 1) : sample / -row;
  }
}
