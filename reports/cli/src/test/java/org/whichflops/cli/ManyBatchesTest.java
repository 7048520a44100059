package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.zoo.Zoo;

/**
 * A sweep over many batches, which runs a network at two of them, says under every convention what
 * a sweep over each batch alone says.
 */
class ManyBatchesTest {
  private static final List<Convention> ALL = List.copyOf(Conventions.installed().all());
  private static final List<Long> BATCHES = List.of(1L, 2L, 5L, 48L);
  private static final List<Resolution> RESOLUTIONS =
      List.of(new Resolution(224, 224), new Resolution(256, 192), new Resolution(299, 299));

  private static String text(Point point) {
    StringBuilder text = new StringBuilder();
    text.append(point.batch()).append(' ').append(point.height()).append(' ');
    text.append(point.width()).append(' ').append(point.counted());
    for (int i = 0; i < ALL.size(); i++) {
      text.append('\n').append(ALL.get(i).about().id()).append(' ').append(point.value(i));
      text.append(' ').append(point.statedParameters(i)).append(' ').append(point.note(i));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("org.whichflops.golden.ZooSample#names")
  void sweepOverManyBatches_isAsOverEachAlone(String name) throws IOException {
    Network network = Zoo.build(name);
    List<String> together = new ArrayList<>();
    new Sweep(List.of(network), BATCHES, RESOLUTIONS, ALL).run(point -> together.add(text(point)));
    List<String> alone = new ArrayList<>();
    for (long batch : BATCHES) {
      new Sweep(List.of(network), List.of(batch), RESOLUTIONS, ALL)
          .run(point -> alone.add(text(point)));
    }
    assertThat(together).isEqualTo(alone);
  }
}
