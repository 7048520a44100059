package org.whichflops.engine.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

class FormulaTest {
  private static final Formula LINEAR =
      Formula.of(Label.MULTIPLY_ACCUMULATE, "numel(x) * O")
          .plus(Label.FIRST_ADDITION, "-numel(y)")
          .plus(Label.BIAS, "numel(y) * bias");

  @Test
  void value_isTheSumOfItsTerms() {
    Call call = linear();
    assertThat(LINEAR.value(call, Label.MULTIPLY_ACCUMULATE)).isEqualTo(2 * 3 * 5);
    assertThat(LINEAR.value(call, Label.FIRST_ADDITION)).isEqualTo(-2 * 5);
    assertThat(LINEAR.value(call, Label.BIAS)).isEqualTo(2 * 5);
    assertThat(LINEAR.value(call, Label.POOLING)).isZero();
    assertThat(LINEAR.value(call)).isEqualTo(2 * 3 * 5);
  }

  @Test
  void text_readsBackAsTheSameNumber() {
    assertThat(LINEAR.text()).isEqualTo("numel(x) * O - numel(y) + numel(y) * bias");
    assertThat(Expr.parse(LINEAR.text()).value(linear())).isEqualTo(LINEAR.value(linear()));
  }

  @Test
  void value_saysWhatTheCallLacks() {
    assertThatExceptionOfType(UnknownQuantityException.class)
        .isThrownBy(() -> Formula.of(Label.NOTHING, "g").value(linear()))
        .withMessage("nn.Linear has no 'g' (groups)");
    assertThatExceptionOfType(UnknownQuantityException.class)
        .isThrownBy(() -> Formula.of(Label.NOTHING, "x[2]").value(linear()))
        .withMessage("nn.Linear has no 'x[2]' here: the tensor is 2x3");
    assertThatExceptionOfType(UnknownQuantityException.class)
        .isThrownBy(() -> Formula.of(Label.NOTHING, "numel(x3)").value(linear()))
        .withMessage("nn.Linear has no 'x3' (third input)");
  }

  /** nn.Linear(3, 5) of two rows. */
  private static Call linear() {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    new Linear(3, 5).call(pass.input(2, 3));
    return pass.call(0);
  }
}
