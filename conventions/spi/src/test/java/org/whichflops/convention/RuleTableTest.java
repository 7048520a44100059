package org.whichflops.convention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How the table of one version is made of its neighbour's. */
class RuleTableTest {
  private static final Rule FREE = sees("nn.ReLU", "nn.LeakyReLU", "nn.Dropout").countsNothing();
  private static final Rule LINEAR = sees("nn.Linear").counts(ACTIVATION, "numel(y)");
  private static final RuleTable TABLE = RuleTable.of(FREE, LINEAR);

  private static List<List<String>> keys(RuleTable table) {
    return table.rules().stream().map(Rule::keys).toList();
  }

  @Test
  void with_ruleThatSeesWhatOneSaw_takesItOver() {
    Rule leaky = sees("nn.LeakyReLU").counts(ACTIVATION, "numel(x)");
    RuleTable changed = TABLE.with(leaky);
    assertThat(changed.find("nn.LeakyReLU")).isSameAs(leaky);
    assertThat(keys(changed))
        .containsExactly(
            List.of("nn.ReLU", "nn.Dropout"), List.of("nn.LeakyReLU"), List.of("nn.Linear"));
    assertThat(changed.find("nn.ReLU")).extracting(Rule::formula).isEqualTo(FREE.formula());
  }

  @Test
  void with_ruleForNewThings_standsAtTheEnd() {
    assertThat(keys(TABLE.with(sees("nn.GELU", "nn.SiLU").countsNothing())))
        .endsWith(List.of("nn.GELU", "nn.SiLU"));
  }

  @Test
  void with_ruleThatReplacesSeveral_standsWhereTheFirstStood() {
    assertThat(keys(TABLE.with(sees("nn.Linear", "nn.ReLU").countsNothing())))
        .containsExactly(List.of("nn.LeakyReLU", "nn.Dropout"), List.of("nn.Linear", "nn.ReLU"));
  }

  @Test
  void without_leavesTheRest() {
    RuleTable changed = TABLE.without("nn.ReLU", "nn.Linear");
    assertThat(keys(changed)).containsExactly(List.of("nn.LeakyReLU", "nn.Dropout"));
    assertThat(changed.find("nn.ReLU")).isNull();
  }

  @Test
  void source_changesNothingElse() {
    RuleTable changed = TABLE.source("nn.Linear", "hooks.py:3");
    assertThat(changed.find("nn.Linear")).isEqualTo(LINEAR.source("hooks.py:3"));
    assertThat(changed.find("nn.ReLU")).isSameAs(FREE);
  }

  @Test
  void change_ofWhatIsNotSeen_isRefused() {
    assertThatThrownBy(() -> TABLE.without("nn.Conv4d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no rule sees 'nn.Conv4d'");
    assertThatThrownBy(() -> TABLE.source("nn.Conv4d", "hooks.py:3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no rule sees 'nn.Conv4d'");
  }
}
