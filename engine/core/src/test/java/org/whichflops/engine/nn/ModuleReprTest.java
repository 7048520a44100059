package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a tree of modules looks like; whole models are held against Python's in the zoo. */
class ModuleReprTest {
  @Test
  void list_showsEqualNeighboursOnce() {
    ModuleList list =
        new ModuleList(
            List.of(
                Activation.relu(), Activation.relu(), new Linear(2, 3), Activation.reluInplace()));
    assertThat(ModuleRepr.of(list))
        .isEqualTo(
            """
            ModuleList(
              (0-1): 2 x ReLU()
              (2): Linear(in_features=2, out_features=3, bias=True)
              (3): ReLU(inplace=True)
            )""");
  }

  @Test
  void empty_isAPairOfBrackets() {
    assertThat(ModuleRepr.of(new Sequential())).isEqualTo("Sequential()");
    assertThat(ModuleRepr.of(new ModuleList(List.of()))).isEqualTo("ModuleList()");
  }

  @Test
  void extra_standsBeforeTheChildren_andBetweenTheBracketsOfALeaf() {
    Sequential root = new Sequential(new Sequential(Activation.relu()));
    assertThat(ModuleRepr.of(root, module -> "[" + module.extraRepr() + "]"))
        .isEqualTo(
            """
            Sequential(
              []
              (0): Sequential(
                []
                (0): ReLU([])
              )
            )""");
  }

  @Test
  void name_withControlCharacters_isMadeHarmless() {
    Sequential root =
        new Sequential(ModuleType.of("evil.\u001b[2JNet")).add("a\rb", Activation.relu());
    assertThat(ModuleRepr.of(root)).isEqualTo("\uFFFD[2JNet(\n  (a\uFFFDb): ReLU()\n)");
  }
}
