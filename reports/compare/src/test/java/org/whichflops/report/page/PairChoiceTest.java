package org.whichflops.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairChoiceTest {
  private static List<List<Integer>> pairs(PairChoice choice, List<Long> totals) {
    return choice.of(totals).stream().map(pair -> List.of(pair[0], pair[1])).toList();
  }

  @Test
  void few_areExplainedEachAgainstEach_butForThoseWithoutATotal() {
    assertThat(pairs(new PairChoice(List.of()), Arrays.asList(5L, null, 3L, 4L)))
        .containsExactly(List.of(0, 2), List.of(0, 3), List.of(2, 3));
  }

  @Test
  void many_areExplainedAgainstNeighboursByTotal_andAgainstThoseAskedFor() {
    List<Long> totals = new ArrayList<>(Collections.nCopies(PairChoice.ALL + 1, 0L));
    for (int i = 0; i < totals.size(); i++) {
      totals.set(i, (i * 7L) % 17); // every number below 17 once
    }
    assertThat(pairs(new PairChoice(List.of(2)), totals))
        .contains(List.of(0, 5)) // totals 0 and 1
        .contains(List.of(2, 9), List.of(0, 2))
        .doesNotContain(List.of(0, 1)) // totals 0 and 7
        .hasSize(16 + 16 - 2); // neighbours; all others of 2, which is a neighbour of two already
  }
}
