package org.whichflops.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

/** A sweep over many batches says what counting each of its points says. */
class BatchLawsTest {
  private static final List<Convention> ALL = List.copyOf(Conventions.installed().all());
  private static final List<Long> BATCHES = List.of(1L, 2L, 5L, 48L);
  private static final List<Resolution> RESOLUTIONS =
      List.of(new Resolution(224, 224), new Resolution(256, 192), new Resolution(299, 299));

  private static String text(Point point) {
    StringBuilder text = new StringBuilder();
    text.append(point.network()).append(' ').append(point.batch()).append(' ');
    text.append(point.height()).append('x').append(point.width()).append(' ');
    text.append(point.counted());
    for (int i = 0; i < point.conventions().size(); i++) {
      text.append('\n').append(point.conventions().get(i).about().id()).append(' ');
      text.append(point.value(i)).append(' ').append(point.statedParameters(i)).append(' ');
      text.append(point.note(i));
    }
    return text.toString();
  }

  private static List<String> pointByPoint(Network network, List<Resolution> resolutions) {
    List<String> all = new ArrayList<>();
    for (long batch : BATCHES) {
      for (Resolution resolution : resolutions) {
        Point point = new Point(network, ALL, new HashMap<>());
        point.count(batch, resolution);
        all.add(text(point));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("org.whichflops.golden.ZooSample#names")
  void sweep_overManyBatches_isAsPointByPoint(String name) throws IOException {
    Network network = Zoo.build(name);
    Sweep sweep = new Sweep(List.of(network), BATCHES, RESOLUTIONS, ALL);
    List<String> swept = new ArrayList<>();
    sweep.run(point -> swept.add(text(point)));
    assertThat(swept).isEqualTo(pointByPoint(network, RESOLUTIONS));
  }

  /** Threads share a network where there are few, and have each their own where there are many. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sweep_onSeveralThreads_isAsPointByPoint(int jobs) throws IOException {
    List<Network> networks =
        Stream.of("resnet18", "vit_b_16", "googlenet", "alexnet", "shufflenet_v2_x0_5")
            .map(Zoo::build)
            .toList();
    List<Resolution> resolutions = new ArrayList<>();
    for (int side = 200; side < 250; side++) {
      resolutions.add(new Resolution(side, side));
    }
    List<String> expected = new ArrayList<>();
    for (Network network : networks) {
      expected.addAll(pointByPoint(network, resolutions));
    }
    List<String> swept = new ArrayList<>();
    new Sweep(networks, BATCHES, resolutions, ALL).run(jobs, point -> swept.add(text(point)));
    assertThat(swept).isEqualTo(expected);
  }

  private static List<Convention> conventions(String... ids) {
    return Arrays.stream(ids).map(Conventions.installed()::find).toList();
  }

  @Test
  void law_ofResnet50_isFoundFromTwoBatches() {
    Point point = new Point(Zoo.build("resnet50"), conventions("mac", "ptflops"), new HashMap<>());
    BatchLaws laws = new BatchLaws(point, BATCHES);
    BatchLaw law = laws.at(RESOLUTIONS.get(0));
    assertThat(law).isNotNull();
    assertThat(law.says(0, 1000)).isTrue();
    assertThat(law.value(0, 1000)).isEqualTo(4_089_184_256L * 1000); // He et al.'s, v1.5
  }

  /** thop of 2019 keeps 24 bits of a sum, so its counts do not lie on a line. */
  @Test
  void law_ofFloatingPointSums_isNone() {
    assertThat(law("resnet50", RESOLUTIONS.get(0), "thop-2019-09").says(0, 1)).isFalse();
  }

  private static BatchLaw law(String network, Resolution resolution, String convention) {
    Point point = new Point(Zoo.build(network), conventions(convention), new HashMap<>());
    return new BatchLaws(point, BATCHES).at(resolution);
  }

  /** thop cuts (10/7)^2 + 1 for each output of AlexNet's adaptive pooling, all images together. */
  @Test
  void law_ofWhatIsCutForAllImagesTogether_isOnlyWhereNothingIsCut() {
    assertThat(law("alexnet", new Resolution(224, 224), "thop").says(0, 5)).isTrue();
    assertThat(law("alexnet", new Resolution(320, 320), "thop").says(0, 5)).isFalse();
  }

  @Test
  void sweep_pastTheLongs_saysSoWhereItIs() throws IOException {
    Sweep sweep =
        new Sweep(
            List.of(Zoo.build("resnet50")),
            List.of(1L, 2L, 3L, 4_000_000_000L),
            RESOLUTIONS,
            conventions("mac"));
    List<String> notes = new ArrayList<>();
    sweep.run(point -> notes.add(String.valueOf(point.note(0))));
    assertThat(notes.subList(0, 9)).containsOnly("null");
    assertThat(notes.subList(9, 12)).allMatch(note -> note.contains("passes 2^63 - 1"));
  }
}
