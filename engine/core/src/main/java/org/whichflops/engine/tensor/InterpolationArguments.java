package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.shape.ShapeException;

/**
 * The arguments of {@code F.interpolate}: a size or a scale factor, and a way to interpolate.
 *
 * <p>Without a scale the sizes are the output's, one a spatial dimension.
 */
public final class InterpolationArguments implements Arguments {
  /** Ways to interpolate, by PyTorch's word. */
  public enum Interpolation {
    /** The nearest neighbour. */
    NEAREST(0),
    /** The nearest neighbour, with centred positions. */
    NEAREST_EXACT(0),
    /** Two neighbours along one dimension. */
    LINEAR(1),
    /** Four neighbours in a plane. */
    BILINEAR(2),
    /** Sixteen neighbours in a plane. */
    BICUBIC(2),
    /** Eight neighbours in space. */
    TRILINEAR(3),
    /** An average over the area an output covers. */
    AREA(0);

    /** Spatial dimensions it works on, 0 for any number. */
    private final int dims;

    Interpolation(int dims) {
      this.dims = dims;
    }
  }

  private final Interpolation interpolation;
  private final long @Nullable [] sizes;
  private final double @Nullable [] scales;

  private InterpolationArguments(
      Interpolation interpolation, long @Nullable [] sizes, double @Nullable [] scales) {
    this.interpolation = interpolation;
    this.sizes = sizes;
    this.scales = scales;
  }

  /** To the given sizes; one stands for every dimension. */
  public static InterpolationArguments toSize(Interpolation interpolation, long... sizes) {
    return new InterpolationArguments(interpolation, sizes.clone(), null);
  }

  /** By the given factors; one stands for every dimension. */
  public static InterpolationArguments by(Interpolation interpolation, double... scales) {
    return new InterpolationArguments(interpolation, null, scales.clone());
  }

  /** How outputs are made of inputs. */
  public Interpolation interpolation() {
    return interpolation;
  }

  Tensor output(Tensor x) {
    int dims = x.rank() - 2;
    int given = sizes != null ? sizes.length : scales != null ? scales.length : 0;
    int expected = interpolation.dims;
    if (dims < 1
        || dims > 3
        || (given != 1 && given != dims)
        || (expected > 0 && expected != dims)) {
      throw new ShapeException(
          "interpolate expects [N, C, ...] and one size or factor for each further dimension, "
              + "%s of them for %s, but its input is %s with %s"
                  .formatted(expected == 0 ? "1 to 3" : expected, interpolation, x, this));
    }
    Tensor y = x.pass().like(x);
    for (int i = 0; i < dims; i++) {
      long out = output(x.size(i + 2), given == 1 ? 0 : i);
      if (out < 1) {
        throw new ShapeException(
            "interpolate expects outputs of 1 or more but with %s its input of %s has one of %d"
                .formatted(this, x, out));
      }
      y.set(i + 2, out);
    }
    return y;
  }

  private long output(long in, int dim) {
    if (sizes != null) {
      return sizes[dim];
    }
    return scales == null ? in : (long) Math.floor(in * scales[dim]);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case NEAREST -> flag(Interpolation.NEAREST);
      case LINEAR -> flag(Interpolation.LINEAR);
      case BILINEAR -> flag(Interpolation.BILINEAR);
      case BICUBIC -> flag(Interpolation.BICUBIC);
      case TRILINEAR -> flag(Interpolation.TRILINEAR);
      case REQUESTED -> requested(call);
      default -> NONE.attribute(attribute, call);
    };
  }

  private long flag(Interpolation other) {
    return interpolation == other ? 1 : 0;
  }

  /** The sizes as given times batch and channels, or the input times the factors as given. */
  private long requested(Call call) {
    int dims = call.input(0).rank() - 2;
    if (sizes != null) {
      long numel = Math.multiplyExact(call.size(Role.X, 0), call.size(Role.X, 1));
      for (int i = 0; i < dims; i++) {
        numel = Math.multiplyExact(numel, sizes[sizes.length == 1 ? 0 : i]);
      }
      return numel;
    }
    double numel = call.numel(Role.X);
    for (int i = 0; scales != null && i < dims; i++) {
      numel *= scales[scales.length == 1 ? 0 : i];
    }
    return (long) numel;
  }

  @Override
  public String toString() {
    return sizes != null ? "size " + Arrays.toString(sizes) : "scale " + Arrays.toString(scales);
  }

  /** The sizes asked for, or null where factors are. */
  public long @Nullable [] sizes() {
    return sizes == null ? null : sizes.clone();
  }

  /** The factors asked for, or null where sizes are. */
  public double @Nullable [] scales() {
    return scales == null ? null : scales.clone();
  }
}
