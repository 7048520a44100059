package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.explain.Cause;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.Side;
import org.whichflops.zoo.Zoo;

/**
 * Ledgers of pairs of conventions over the whole zoo add up and name every cause: of all pairs for
 * one network of a few families, and for the whole zoo under {@code -Pexhaustive}; of every
 * convention with mac and with its neighbour for the rest.
 */
class AllPairsTest {
  private static final List<Convention> CONVENTIONS = List.copyOf(Conventions.installed().all());

  private static final boolean EXHAUSTIVE = Boolean.getBoolean("exhaustive");

  private static final Set<String> ALL_PAIRS =
      Set.of("alexnet", "resnet18", "mobilenet_v2", "vit_b_16", "swin_v2_t", "googlenet", "lenet5");

  @TestFactory
  Stream<DynamicTest> ledgers_ofAllPairsOfConventions_addUpWithEveryCauseNamed() {
    return Zoo.architectures().stream()
        .map(
            architecture ->
                dynamicTest(architecture.name(), () -> allPairs(Zoo.build(architecture.name()))));
  }

  private static void allPairs(Network network) {
    List<Side> sides = new ArrayList<>();
    for (Convention convention : CONVENTIONS) {
      try {
        sides.add(Side.of(convention, network, network.input().shape()));
      } catch (ToolFailureException e) {
        // a tool that fails counts nothing that could differ
      }
    }
    assertThat(sides).isNotEmpty();
    for (int i = 0; i < sides.size(); i++) {
      for (int j = i + 1; j < sides.size(); j++) {
        if (i > 0 && j > i + 1 && !EXHAUSTIVE && !ALL_PAIRS.contains(network.name())) {
          break;
        }
        Ledger ledger = Ledger.between(sides.get(i), sides.get(j));
        if (ledger.fromTotal() != sides.get(i).total()
            || ledger.toTotal() != sides.get(j).total()
            || ledger.causes().stream().anyMatch(AllPairsTest::isNameless)) {
          assertThat(ledger.causes())
              .as("%s to %s", ledger.from(), ledger.to())
              .noneMatch(AllPairsTest::isNameless);
          assertThat(ledger.fromTotal()).as(ledger.from()).isEqualTo(sides.get(i).total());
          assertThat(ledger.toTotal()).as(ledger.to()).isEqualTo(sides.get(j).total());
        }
      }
    }
  }

  private static boolean isNameless(Cause cause) {
    return cause.text().isBlank() || cause.kind().isBlank() || cause.text().contains("other cause");
  }
}
