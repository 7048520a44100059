package org.whichflops.engine.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.shape.Extents;
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

    /** PyTorch's word, such as {@code nearest-exact}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Interpolation interpolation;
  private final long @Nullable [] sizes;
  private final double @Nullable [] scales;
  private final boolean recomputed;

  private InterpolationArguments(
      Interpolation interpolation,
      long @Nullable [] sizes,
      double @Nullable [] scales,
      boolean recomputed) {
    this.interpolation = interpolation;
    this.sizes = sizes;
    this.scales = scales;
    this.recomputed = recomputed;
  }

  /** To the given sizes; one stands for every dimension. */
  public static InterpolationArguments toSize(Interpolation interpolation, long... sizes) {
    return new InterpolationArguments(interpolation, sizes.clone(), null, false);
  }

  /** By the given factors; one stands for every dimension. */
  public static InterpolationArguments by(Interpolation interpolation, double... scales) {
    boolean recomputed = interpolation == Interpolation.AREA; // which takes a size only
    return new InterpolationArguments(interpolation, null, scales.clone(), recomputed);
  }

  /** The same with {@code recompute_scale_factor=True}: Python makes sizes of the factors. */
  public InterpolationArguments recomputed() {
    return new InterpolationArguments(interpolation, sizes, scales, true);
  }

  /** Whether Python makes sizes of the factors. */
  public boolean isRecomputed() {
    return recomputed;
  }

  /** As nn.Upsample shows them: {@code scale_factor=2.0, mode='nearest'}. */
  public String text() {
    StringJoiner given = new StringJoiner(", ", "(", ")");
    int count = 0;
    if (scales != null) {
      for (double scale : scales) {
        given.add(Double.toString(scale));
        count++;
      }
    } else if (sizes != null) {
      for (long size : sizes) {
        given.add(Long.toString(size));
        count++;
      }
    }
    String all = given.toString();
    return "%s=%s, mode='%s'"
        .formatted(
            scales != null ? "scale_factor" : "size",
            count == 1 ? all.substring(1, all.length() - 1) : all,
            interpolation.word());
  }

  /** How outputs are made of inputs. */
  public Interpolation interpolation() {
    return interpolation;
  }

  /** What {@code mode='area'} runs instead: a pooling to the size. */
  AdaptivePoolingArguments area(Tensor x) {
    int dims = dims(x);
    boolean one = given() == 1;
    int[] out = new int[dims];
    for (int i = 0; i < dims; i++) {
      out[i] = Math.toIntExact(extent(x, x.size(i + 2), one ? 0 : i));
    }
    return new AdaptivePoolingArguments(dims, Extents.of(out).over(dims));
  }

  Tensor output(Tensor x) {
    dims(x); // or says why not
    return Layout.suggested(x.pass().tensor(x.rank()).by(origin(x)), x);
  }

  private int given() {
    return sizes != null ? sizes.length : scales != null ? scales.length : 0;
  }

  /** How many dimensions an input has behind its channels, each of which has an extent. */
  private int dims(Tensor x) {
    int dims = x.rank() - 2;
    int expected = interpolation.dims;
    if (dims < 1
        || dims > 3
        || (given() != 1 && given() != dims)
        || (expected > 0 && expected != dims)) {
      throw new ShapeException(
          "interpolate expects [N, C, ...] and one size or factor for each further dimension, "
              + "%s of them for %s, but its input is %s with %s"
                  .formatted(expected == 0 ? "1 to 3" : expected, interpolation, x, this));
    }
    return dims;
  }

  private Origin origin(Tensor x) {
    return new Origin() {
      @Override
      void resize(Tensor result) {
        InterpolationArguments.this.resize(x, result);
      }

      @Override
      @Nullable SymbolicShape symbolic(Symbols symbols) {
        return InterpolationArguments.this.symbolic(x.symbolic(symbols));
      }
    };
  }

  private @Nullable SymbolicShape symbolic(SymbolicShape x) {
    boolean one = given() == 1;
    Polynomial[] all = x.sizes();
    for (int i = 2; i < all.length; i++) {
      int dim = one ? 0 : i - 2;
      Polynomial size =
          sizes != null
              ? x.symbols().constant(sizes[dim])
              : x.symbols()
                  .made(
                      all[i],
                      in -> output(in, dim),
                      "scaled",
                      scales == null ? 1 : (Number) scales[dim]);
      if (size == null) {
        return null;
      }
      all[i] = size;
    }
    return new SymbolicShape(x.symbols(), all);
  }

  private void resize(Tensor x, Tensor y) {
    boolean one = given() == 1;
    y.take(x);
    for (int i = 2; i < x.rank(); i++) {
      y.set(i, extent(x, x.extent(i), one ? 0 : i - 2));
    }
  }

  private long extent(Tensor x, long in, int dim) {
    long out = output(in, dim);
    if (out < 1) {
      throw new ShapeException(
          "interpolate expects outputs of 1 or more but with %s its input of %s has one of %d"
              .formatted(this, x, out));
    }
    return out;
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
      case ASKED -> asked();
      case BY_FACTOR -> scales == null ? 0 : 1;
      case FACTORS -> scales == null ? 0 : scales.length;
      case ENLARGED -> enlarged(call);
      case ENLARGED_BY_BATCH -> cut(attribute, call);
      case SIZE_PRODUCTS -> recomputed ? call.input(0).rank() - 2L : 0;
      default -> NONE.attribute(attribute, call);
    };
  }

  private long flag(Interpolation other) {
    return interpolation == other ? 1 : 0;
  }

  /**
   * {@link Attribute#REQUESTED} or {@link Attribute#ENLARGED_BY_BATCH} by factors, before it is cut
   * to a whole number: the input times one factor to a power; or times the product of several, each
   * of which is cut first, as {@code np.prod(factors, dtype=np.int64)} does. 0 by sizes.
   */
  public double byFactors(Attribute attribute, Call call) {
    if (scales == null) {
      return 0;
    }
    double factor = 1;
    if (scales.length == 1) {
      boolean byBatch = attribute == Attribute.ENLARGED_BY_BATCH;
      long power = byBatch ? call.size(Role.X, 0) : call.input(0).rank() - 2;
      factor = Math.pow(scales[0], (double) power);
    } else {
      for (double scale : scales) {
        factor *= (long) scale;
      }
    }
    return call.numel(Role.X) * factor;
  }

  private long cut(Attribute attribute, Call call) {
    double numel = byFactors(attribute, call);
    if (numel >= 0x1p63) {
      throw new ArithmeticException("long overflow");
    }
    return (long) numel;
  }

  /** The sizes as given times batch and channels, or the input times the factors as given. */
  private long requested(Call call) {
    if (sizes == null) {
      return cut(Attribute.REQUESTED, call);
    }
    long numel = Math.multiplyExact(call.size(Role.X, 0), call.size(Role.X, 1));
    for (int i = 0; i < call.input(0).rank() - 2; i++) {
      numel = Math.multiplyExact(numel, sizes[sizes.length == 1 ? 0 : i]);
    }
    return numel;
  }

  private long asked() {
    long product = sizes == null ? 0 : 1;
    for (int i = 0; sizes != null && i < sizes.length; i++) {
      product = Math.multiplyExact(product, sizes[i]);
    }
    return product;
  }

  /** The factors are multiplied first, as in Python, where that decides on the last digit. */
  private long enlarged(Call call) {
    if (scales == null) {
      return 0;
    }
    double factor = 1;
    for (double scale : scales) {
      factor *= scale;
    }
    double all = scales.length == 1 ? Math.pow(factor, call.input(0).rank() - 2) : factor;
    return (long) (call.numel(Role.X) * all);
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
