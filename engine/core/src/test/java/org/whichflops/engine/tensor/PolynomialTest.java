package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whichflops.engine.shape.Shape;

/** Polynomials over the sizes of an input: batch, height and width. */
class PolynomialTest {
  private Symbols symbols;
  private Polynomial n;
  private Polynomial h;
  private Polynomial w;

  @BeforeEach
  void image() {
    symbols = new Symbols(Shape.of(2, 3, 32, 48));
    n = symbols.input().size(0);
    h = symbols.input().size(2);
    w = symbols.input().size(3);
  }

  private Polynomial number(long number) {
    return symbols.constant(number);
  }

  @Test
  void value_followsTheInput() {
    Polynomial polynomial = n.times(h).times(w).times(number(5)).plus(-1, n).plus(1, number(7));
    assertThat(polynomial.value()).isEqualTo(5 * 2 * 32 * 48 - 2 + 7);
    assertThat(symbols.take(Shape.of(10, 3, 6, 4))).isTrue();
    assertThat(polynomial.value()).isEqualTo(5 * 10 * 6 * 4 - 10 + 7);
  }

  @Test
  void equalPolynomials_areEqual_howeverTheyWereMade() {
    Polynomial left = h.plus(1, w).times(n); // (h + w) n
    Polynomial right = n.times(w).plus(1, h.times(n)); // n w + h n
    assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
    assertThat(left.plus(-1, right)).isEqualTo(number(0)).isEqualTo(number(3).plus(-3, number(1)));
    assertThat(left).isNotEqualTo(right.plus(1, number(1)));
  }

  @Test
  void dividedBy_isExactOrNothing() {
    Polynomial polynomial = n.times(h).times(number(6)).plus(4, n);
    assertThat(polynomial.dividedBy(n.times(number(2))))
        .isEqualTo(h.times(number(3)).plus(1, number(2)));
    assertThat(polynomial.dividedBy(number(4))).isNull();
    assertThat(polynomial.dividedBy(h)).isNull();
    assertThat(polynomial.dividedBy(h.plus(1, w))).isNull();
    assertThat(polynomial.dividedBy(number(0))).isNull();
  }

  @Test
  void course_isReadFromTheDegrees() {
    Symbol batch = symbols.batch();
    assertThat(number(0).course(batch)).isEqualTo(Course.NOTHING);
    assertThat(h.times(w).course(batch)).isEqualTo(Course.CONSTANT);
    assertThat(h.times(n).course(batch)).isEqualTo(Course.PROPORTIONAL);
    assertThat(h.times(n).plus(1, w).course(batch)).isEqualTo(Course.LINEAR);
    assertThat(n.times(n).course(batch)).isEqualTo(Course.OTHER);
    assertThat(h.times(n).plus(1, w).each(batch)).isEqualTo(h);
  }

  @Test
  void valuePastTheLongs_throws() {
    Polynomial polynomial = n.times(h).times(w);
    assertThat(symbols.take(Shape.of(4_000_000_000L, 3, 4_000_000_000L, 2))).isTrue();
    assertThatThrownBy(polynomial::value).isInstanceOf(ArithmeticException.class);
    assertThat(symbols.take(Shape.of(1, 3, 1, 1))).isTrue();
    assertThat(polynomial.value()).isEqualTo(1);
  }

  /** Windows that do the same are one symbol; one that keeps a size is none. */
  @Test
  void slid_isTheSameForTheSameWindow() {
    Polynomial half = symbols.slid(h, 3, 2, 2, 1);
    assertThat(half).isEqualTo(symbols.slid(h, 5, 2, 4, 1));
    assertThat(symbols.slid(h, 3, 1, 2, 1)).isEqualTo(h);
    assertThat(half.value()).isEqualTo(16);
    symbols.take(Shape.of(1, 3, 33, 1));
    assertThat(half.value()).isEqualTo(17);
    assertThat(symbols.slid(number(8), 3, 2, 2, 1)).isEqualTo(number(4));
    assertThat(symbols.slid(h.plus(1, w), 3, 2, 2, 1)).isNull();
  }

  @Test
  void inputThatDoesNotFit_isNotTaken() {
    symbols.slid(h, 7, 2, 0, 1);
    for (Shape shape :
        List.of(Shape.of(1, 3, 6, 32), Shape.of(1, 4, 32, 32), Shape.of(3, 32, 32))) {
      assertThat(symbols.take(shape)).as("%s", shape).isFalse();
    }
  }
}
