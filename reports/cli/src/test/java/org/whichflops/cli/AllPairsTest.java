package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
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
 * a network of each family, and for every network under {@code -Pexhaustive}; of each convention
 * with mac and with its neighbour for the rest. Several networks at a time.
 */
@Execution(ExecutionMode.CONCURRENT)
class AllPairsTest {
  private static final List<Convention> CONVENTIONS = List.copyOf(Conventions.installed().all());

  private static final boolean EXHAUSTIVE = Boolean.getBoolean("exhaustive");

  @TestFactory
  Stream<DynamicTest> ledgers_ofPairsOfConventions_addUpWithEveryCauseNamed() {
    Set<String> families = new HashSet<>();
    return Zoo.architectures().stream()
        .map(
            architecture -> {
              boolean all = families.add(architecture.family()) || EXHAUSTIVE;
              return dynamicTest(
                  architecture.name(), () -> pairs(Zoo.build(architecture.name()), all));
            });
  }

  private static void pairs(Network network, boolean all) {
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
      for (int j = i + 1; j < (all || i == 0 ? sides.size() : Math.min(i + 2, sides.size())); j++) {
        pair(sides.get(i), sides.get(j));
      }
    }
  }

  private static void pair(Side from, Side to) {
    Ledger ledger = Ledger.between(from, to);
    if (ledger.fromTotal() != from.total()
        || ledger.toTotal() != to.total()
        || ledger.items().stream().anyMatch(item -> isNameless(item.cause()))) {
      assertThat(ledger.items())
          .as("%s to %s", ledger.from(), ledger.to())
          .noneMatch(item -> isNameless(item.cause()));
      assertThat(ledger.fromTotal()).as(ledger.from()).isEqualTo(from.total());
      assertThat(ledger.toTotal()).as(ledger.to()).isEqualTo(to.total());
    }
  }

  private static boolean isNameless(Cause cause) {
    return cause.text().isBlank() || cause.kind().isBlank() || cause.text().contains("other cause");
  }
}
