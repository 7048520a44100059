package org.whichflops.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void toString_isHowReportsPrintIt() {
    assertThat(Shape.of(1, 64, 112, 112)).hasToString("1x64x112x112");
    assertThat(Shape.of()).hasToString("scalar");
  }

  @Test
  void numel_isTheProduct() {
    assertThat(Shape.of(1, 3, 224, 224).numel()).isEqualTo(150528);
    assertThat(Shape.of(4, 0).numel()).isZero();
    assertThat(Shape.of().numel()).isOne();
  }

  @Test
  void numel_pastALong() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Shape.of(1L << 32, 1L << 31).numel());
  }

  @Test
  void size_countsFromTheEndToo() {
    assertThat(Shape.of(2, 3, 5).size(-1)).isEqualTo(Shape.of(2, 3, 5).size(2)).isEqualTo(5);
  }

  @Test
  void of_negativeSize() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessage("sizes are 0 or more but one of [2, -1] is -1");
  }

  @Test
  void of_keepsNoHoldOfItsArray() {
    long[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.sizes()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
  }

  @Test
  void at_putsThePlaceInFront() {
    ShapeException inner = new ShapeException("too small");
    assertThat(inner.at("features.0")).hasMessage("features.0: too small").hasCause(inner);
  }

  @Test
  void over_spreadsOneNumber() {
    assertThat(Extents.of(3).over(2)).isEqualTo(Extents.of(3, 3)).hasToString("(3, 3)");
    assertThat(Extents.of(3)).hasToString("(3,)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Extents.of(1, 2).over(3))
        .withMessageContaining("3 numbers are expected, one a dimension, but there are (1, 2)");
  }
}
