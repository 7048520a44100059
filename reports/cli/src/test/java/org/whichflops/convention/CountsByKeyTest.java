package org.whichflops.convention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/**
 * A counter that looks at one call of each key would say the same of every other call: the same
 * rule, added once.
 */
class CountsByKeyTest {
  private static final List<Convention> ALL = List.copyOf(Conventions.installed().all());

  @ParameterizedTest
  @MethodSource("org.whichflops.golden.ZooSample#names")
  void counter_byKey_seesWhatItSeesCallByCall(String name) {
    Network network = Zoo.build(name);
    Map<Mode, ForwardPass> passes = new HashMap<>();
    for (Convention convention : ALL) {
      ForwardPass pass = passes.computeIfAbsent(convention.mode(), mode -> network.forward(mode));
      if (convention.counter(network) instanceof RuleCounter counter && byKey(counter, pass)) {
        assertThat(lines(counter, pass))
            .as(convention.about().id())
            .isEqualTo(callByCall(counter, pass));
      }
    }
  }

  @Test
  void counters_ofPlainTables_countByKey() {
    Network network = Zoo.build("resnet50");
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    for (String id : List.of("mac", "2mac", "exact", "thop", "ptflops")) {
      RuleCounter counter = (RuleCounter) Conventions.installed().find(id).counter(network);
      assertThat(counter.countsByKey(pass)).as(id).isTrue();
    }
  }

  private static boolean byKey(RuleCounter counter, ForwardPass pass) {
    try {
      counter.total(pass);
      return counter.countsByKey(pass);
    } catch (ToolFailureException | ShapeException e) {
      return false; // what a tool refuses is not counted
    }
  }

  private static List<String> lines(RuleCounter counter, ForwardPass pass) {
    return counter.tally(pass).lines().stream()
        .map(line -> "%d %s x %d".formatted(line.call(), line.rule().keys(), line.times()))
        .toList();
  }

  private static List<String> callByCall(RuleCounter counter, ForwardPass pass) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      Rule rule = counter.looksAt(call.callee().kind()) ? counter.rule(call) : null;
      if (rule != null && counter.times(pass, call) != 0) {
        all.add("%d %s x %d".formatted(i, rule.keys(), counter.times(pass, call)));
      }
    }
    return all;
  }
}
