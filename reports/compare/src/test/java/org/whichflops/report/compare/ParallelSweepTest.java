package org.whichflops.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.Zoo;

/** Several threads give what one gives. */
class ParallelSweepTest {
  private static final List<Convention> CONVENTIONS =
      Stream.of("mac", "2mac", "thop", "ptflops").map(Conventions.installed()::find).toList();

  /** Sides of which the first are refused by all three. */
  private static Sweep sweep(Network... networks) {
    List<Resolution> sides =
        LongStream.range(1, 60).mapToObj(i -> new Resolution(5 * i, 4 * i)).toList();
    return new Sweep(List.of(networks), List.of(1L, 3L), sides, CONVENTIONS);
  }

  private static Sweep zoo() {
    return sweep(Zoo.build("alexnet"), Zoo.build("resnet18"), Zoo.build("squeezenet1_0"));
  }

  private static String text(Point point) {
    List<Object> cells = new ArrayList<>();
    cells.addAll(Arrays.asList(point.network(), point.batch(), point.height(), point.width()));
    for (int i = 0; i < CONVENTIONS.size(); i++) {
      cells.addAll(Arrays.asList(point.value(i), point.statedParameters(i), point.note(i)));
    }
    return cells.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void run_onAnyNumberOfThreads_givesTheSameInOrder(int jobs) throws IOException {
    List<String> expected = new ArrayList<>();
    zoo().run(point -> expected.add(text(point)));
    List<String> actual = new ArrayList<>();
    zoo().run(jobs, point -> actual.add(text(point)));
    assertThat(actual).hasSize(3 * 2 * 59).isEqualTo(expected);
  }

  @Test
  void run_intoASinkThatFails_failsSo() {
    IOException broken = new IOException("Broken pipe");
    AtomicInteger taken = new AtomicInteger();
    assertThatThrownBy(
            () ->
                zoo()
                    .run(
                        2,
                        point -> {
                          if (taken.incrementAndGet() == 100) {
                            throw broken;
                          }
                        }))
        .isSameAs(broken);
    assertThat(taken).hasValue(100);
  }

  /** A module with a mistake, such as only a mistake of ours can be. */
  private static final class Mistaken extends Module {
    Mistaken() {
      super(ModuleType.nn("mistaken", "Mistaken"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      throw new UnsupportedOperationException("a mistake");
    }
  }

  @Test
  void run_ofANetworkWithAMistake_failsAsOnOneThread() {
    Network mistaken = new Network("mistaken", new Mistaken(), InputSize.image(32));
    for (int jobs : new int[] {1, 3}) {
      List<String> names = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  sweep(Zoo.build("alexnet"), Zoo.build("resnet18"), mistaken)
                      .run(jobs, point -> names.add(point.network().name())))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("a mistake");
      assertThat(names).contains("alexnet").doesNotContain("mistaken");
    }
  }
}
